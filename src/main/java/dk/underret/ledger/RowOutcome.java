package dk.underret.ledger;

import java.util.Locale;

/** The outcomes of a row. Every row of a run is counted under exactly one, so that the counts sum to its rows. */
public enum RowOutcome {
    PENDING,
    SENDING,
    WAITING,
    ACCEPTED,
    DELIVERED,
    BOUNCED,
    SUPPRESSED,
    COMPLAINED,
    REJECTED,
    FAILED,
    INVALID,
    /** Another row of this list, or of an earlier list of the notice, is the same person. */
    DUPLICATE,
    /** Not sent, for a reason that the chunk's row has. */
    SKIPPED,
    UNKNOWN,
    HELD,
    CLOSED,
    POSTED;

    /** Returns the outcome of a row whose record has this status. */
    public static RowOutcome of(SendStatus status) {
        return valueOf(status.name());
    }

    /** Returns the name in tables and results, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a sender still has to act on the row. */
    public boolean open() {
        return this == PENDING || this == SENDING || this == WAITING;
    }
}
