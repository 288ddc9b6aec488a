package dk.underret.intake;

import dk.underret.incident.NoticeId;

/** What people read before anything is sent, in the work bucket; a preview names people, and all of it expires. */
public interface Previews {
    /** The key of a run's preview: {@code previews/<incident>/<notice>/<run>/index.html}. */
    static String key(NoticeId notice, String run) {
        return "previews/" + notice.incident() + "/" + notice.notice() + "/" + run + "/index.html";
    }

    /**
     * Writes the preview of a draft, under {@link #key}.
     *
     * @param html a whole document, which needs nothing but itself
     */
    void preview(NoticeId notice, String run, String html);

    /**
     * Writes what the check of an uploaded letter found: {@code checks/letters/<name>/<locale>.txt}. The newest check of a letter
     * replaces the one before.
     *
     * @param text lines for a person to read
     */
    void check(String name, String locale, String text);
}
