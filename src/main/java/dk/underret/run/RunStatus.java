package dk.underret.run;

/** Where a run stands. */
public enum RunStatus {
    /** The notice is a draft: the list was checked and nothing is sent. */
    DRAFT,
    /** Nothing is sent; the findings say why. */
    REFUSED,
    /** Checked, frozen and cut into chunks; not all of them are on the queue yet. */
    PLANNED,
    /** Every chunk is on the queue, or was. */
    SENDING,
    /** Every chunk is settled: no row is pending, sending or waiting. */
    SETTLED
}
