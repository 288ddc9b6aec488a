package dk.underret.intake;

import dk.underret.incident.NoticeId;

/** Pages and texts that people read before anything is sent, in the work bucket. A preview names people; everything expires. */
public interface Previews {
    /** Returns the key of a run's preview: {@code previews/<incident>/<notice>/<run>/index.html}. */
    static String key(NoticeId notice, String run) {
        return "previews/" + notice.incident() + "/" + notice.notice() + "/" + run + "/index.html";
    }

    /**
     * Writes the preview of a draft, under {@link #key}.
     *
     * @param html a whole document, without links to other files
     */
    void preview(NoticeId notice, String run, String html);

    /**
     * Writes the check of an uploaded letter to {@code checks/letters/<name>/<locale>.txt}. A newer check of a letter replaces the
     * older one.
     *
     * @param text lines for a person to read
     */
    void check(String name, String locale, String text);
}
