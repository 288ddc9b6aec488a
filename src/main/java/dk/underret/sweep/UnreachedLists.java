package dk.underret.sweep;

import dk.underret.incident.NoticeId;

/** The lists of unreached recipients, in the work bucket. They contain personal data and expire with the recipient lists. */
public interface UnreachedLists {
    /** Returns the object key of a run's list. */
    static String key(NoticeId notice, String run) {
        return "unreached/" + notice + "/" + run + ".csv";
    }

    /**
     * Writes a run's list and replaces the previous one.
     *
     * @param csv the table, with a byte order mark for spreadsheets
     */
    void put(NoticeId notice, String run, String csv);
}
