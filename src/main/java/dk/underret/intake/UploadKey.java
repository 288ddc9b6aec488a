package dk.underret.intake;

import dk.underret.incident.NoticeId;
import java.util.List;

/**
 * The meaning of an object key in the uploads bucket. Keys are decoded once: a key that still has a percent-encoded byte was
 * encoded twice, or imitates another key.
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

    /** A list with a row for each person. */
    sealed interface ListKey extends UploadKey {
        /** The notice that the list belongs to. */
        NoticeId notice();

        /** The file's name, for findings; it may hold a person's name. */
        String file();

        /** Whether its rows get letters. */
        boolean sends();
    }

    /** A list of the people to tell. */
    record People(NoticeId notice, String file) implements ListKey {
        @Override
        public boolean sends() {
            return true;
        }
    }

    /**
     * A list of a person's decisions about people who were not reached.
     *
     * @param action {@code resend}, {@code close} or {@code posted}
     */
    record Decision(NoticeId notice, String action, String file) implements ListKey {
        /** Whether its rows get the letter once more; otherwise they are ended. */
        @Override
        public boolean sends() {
            return action.equals("resend");
        }

        /** Whether its rows are closed, with a reason. */
        boolean closes() {
            return action.equals("close");
        }
    }

    /** An operator's own letter. */
    record LetterFile(String name, String locale) implements UploadKey {}

    /** The empty object that the console writes for a new folder: nothing to do. */
    record Folder() implements UploadKey {}

    /**
     * A key of no known form.
     *
     * @param incident the incident that it belongs to; empty when it names none
     */
    record Bad(String incident) implements UploadKey {}

    /** Returns the name of the file in a key, for findings. */
    static String file(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Parses a decoded key; never throws. */
    static UploadKey of(String key) {
        var parts = List.of(key.split("/", -1));
        if (UploadKeyPattern.isSuspect(key, parts)) return new Bad(incident(parts));
        if (key.endsWith("/")) return new Folder();
        if (parts.contains("")) return new Bad(incident(parts));
        return switch (parts.getFirst()) {
            case "incidents" -> ofIncident(parts);
            case "letters" -> ofLetter(parts);
            default -> new Bad("");
        };
    }

    private static UploadKey ofIncident(List<String> parts) {
        var incident = incident(parts);
        var file = parts.getLast();
        var list = UploadKeyPattern.isList(file);
        if (incident.isEmpty()) return new Bad("");
        if (parts.size() == 3 && file.equals("incident.json")) return new IncidentFacts(incident);
        if (parts.size() == 3 && list) return new People(new NoticeId(incident, NoticeId.MAIN), file);
        if (parts.size() < 4 || !UploadKeyPattern.isNotice(parts.get(2))) return new Bad(incident);
        var notice = new NoticeId(incident, parts.get(2));
        if (parts.size() == 4 && file.equals("notice.json")) return new NoticeFacts(notice);
        if (parts.size() == 4 && list) return new People(notice, file);
        if (parts.size() == 5 && list && UploadKeyPattern.isDecision(parts.get(3)))
            return new Decision(notice, parts.get(3), file);
        return new Bad(incident);
    }

    private static UploadKey ofLetter(List<String> parts) {
        var locale = UploadKeyPattern.locale(parts.getLast());
        return parts.size() == 3 && NoticeId.isId(parts.get(1)) && locale.isPresent()
                ? new LetterFile(parts.get(1), locale.get())
                : new Bad("");
    }

    private static String incident(List<String> parts) {
        var names = parts.size() > 2 && parts.getFirst().equals("incidents") && NoticeId.isId(parts.get(1));
        return names ? parts.get(1) : "";
    }
}
