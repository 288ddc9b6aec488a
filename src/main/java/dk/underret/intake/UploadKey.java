package dk.underret.intake;

import dk.underret.incident.NoticeId;

/**
 * What an object key in the uploads bucket means. Keys come decoded, once: whatever still holds a percent-encoded byte was
 * encoded twice, or is made to look like another key.
 *
 * <pre>
 * incidents/&lt;incident&gt;/incident.json
 * incidents/&lt;incident&gt;/&lt;file&gt;.csv                      a list of notice main
 * incidents/&lt;incident&gt;/&lt;notice&gt;/notice.json
 * incidents/&lt;incident&gt;/&lt;notice&gt;/&lt;file&gt;.csv
 * incidents/&lt;incident&gt;/&lt;notice&gt;/resend|close|posted/&lt;file&gt;.csv
 * letters/&lt;name&gt;/&lt;locale&gt;.hbs
 * </pre>
 */
public sealed interface UploadKey {
    /** The incident's shared facts. */
    record IncidentFacts(String incident) implements UploadKey {}

    /** A notice's own facts. */
    record NoticeFacts(NoticeId notice) implements UploadKey {}

    /**
     * People to be told.
     *
     * @param file the file's name, for findings; it may hold a person's name
     */
    record People(NoticeId notice, String file) implements UploadKey {}

    /**
     * A person's decision about rows that were not reached.
     *
     * @param action {@code resend}, {@code close} or {@code posted}
     * @param file the file's name, for findings
     */
    record Decision(NoticeId notice, String action, String file) implements UploadKey {
        /** Whether its rows are to be sent once more; else they are to be ended. */
        boolean resends() {
            return action.equals("resend");
        }

        /** Whether its rows are to be closed, with a reason; else they were told by post. */
        boolean closes() {
            return action.equals("close");
        }
    }

    /** An operator's own letter. */
    record LetterFile(String name, String locale) implements UploadKey {}

    /** What a console puts where someone makes a folder: nothing to do. */
    record Folder() implements UploadKey {}

    /**
     * A key of no known form.
     *
     * @param incident the incident it stands under; empty where it names none
     */
    record Bad(String incident) implements UploadKey {}

    /** The name of the file in a key, for findings. */
    static String file(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Reads a decoded key; never throws. */
    static UploadKey of(String key) {
        return UploadKeyPattern.read(key);
    }
}
