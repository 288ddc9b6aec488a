package dk.underret.sweep;

/**
 * Counts of what one sweep found and did.
 *
 * @param open runs that are not closed
 * @param requeued chunks whose message was put back on the queue
 * @param newlyHeld records that changed from UNKNOWN to HELD, after 24 hours
 * @param held HELD records of the open runs' notices: a person has to decide
 * @param paused notices that were paused because too many letters bounced
 * @param broken open runs whose outcomes do not sum to their rows
 * @param late runs that take more than 1.5 times their forecast plus one hour
 * @param onHold whether the account is on hold
 */
public record SweepReport(
        int open, int requeued, int newlyHeld, int held, int paused, int broken, int late, boolean onHold) {
    static final SweepReport NOTHING = new SweepReport(0, 0, 0, 0, 0, 0, 0, false);

    SweepReport requeued(int count) {
        return new SweepReport(open, requeued + count, newlyHeld, held, paused, broken, late, onHold);
    }

    SweepReport held(int newly, int all) {
        return new SweepReport(open, requeued, newlyHeld + newly, held + all, paused, broken, late, onHold);
    }

    SweepReport paused(boolean isPaused) {
        return new SweepReport(open, requeued, newlyHeld, held, isPaused ? paused + 1 : paused, broken, late, onHold);
    }

    SweepReport run(boolean holds, boolean isLate) {
        return new SweepReport(
                open + 1,
                requeued,
                newlyHeld,
                held,
                paused,
                holds ? broken : broken + 1,
                isLate ? late + 1 : late,
                onHold);
    }

    SweepReport onHold(boolean isOnHold) {
        return new SweepReport(open, requeued, newlyHeld, held, paused, broken, late, isOnHold);
    }
}
