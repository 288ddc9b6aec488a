package dk.underret.ledger;

import java.util.Locale;

/** The terms of the invariant: every row of a run is counted under exactly one. */
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
    /** Another row of this list, or of an earlier list of the notice, stands for the same person. */
    DUPLICATE,
    /** Not written to, with a reason. */
    SKIPPED,
    UNKNOWN,
    HELD,
    CLOSED,
    POSTED;

    /** The term under which a record of this status is counted. */
    public static RowOutcome of(SendStatus status) {
        return valueOf(status.name());
    }

    /** The name in tables and results: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a row counted here is still to be acted on by the machine. */
    public boolean open() {
        return this == PENDING || this == SENDING || this == WAITING;
    }
}
