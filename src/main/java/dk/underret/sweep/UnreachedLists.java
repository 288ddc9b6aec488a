package dk.underret.sweep;

import dk.underret.incident.NoticeId;

/** Lists of people who were not reached, in the work bucket: they name people, and expire with the lists that they come from. */
public interface UnreachedLists {
    /** Where a run's list stands. */
    static String key(NoticeId notice, String run) {
        return "unreached/" + notice + "/" + run + ".csv";
    }

    /**
     * Puts a run's list in the place of the one before it.
     *
     * @param csv the table, with a byte order mark for spreadsheets
     */
    void put(NoticeId notice, String run, String csv);
}
