package dk.underret.sweep;

/**
 * What one sweep found and did; counts only.
 *
 * @param open runs that somebody or something is still waited for
 * @param requeued chunks whose message was put back on the queue
 * @param newlyHeld records that were unknown for 24 hours and are a person's to decide now
 * @param held all records that are a person's to decide, of the open runs' notices
 * @param paused notices that were paused since too many letters bounced
 * @param broken open runs whose rows don't sum up
 * @param late runs that are not finished though they could be
 * @param onHold whether everybody's letters are held
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

    SweepReport paused(boolean it) {
        return new SweepReport(open, requeued, newlyHeld, held, it ? paused + 1 : paused, broken, late, onHold);
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

    SweepReport onHold(boolean it) {
        return new SweepReport(open, requeued, newlyHeld, held, paused, broken, late, it);
    }
}
