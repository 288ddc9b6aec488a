package dk.underret.run;

/** The statuses of a run. */
public enum RunStatus {
    /** The notice is a draft: the list was checked, and no letters are sent. */
    DRAFT,
    /** The list was refused and no letters are sent; the findings say why. */
    REFUSED,
    /** The list was checked, the notice frozen and the chunks written; not all chunks are on the queue yet. */
    PLANNED,
    /** Every chunk was put on the queue. */
    SENDING,
    /** Every chunk is settled: no row is pending, sending or waiting. */
    SETTLED
}
