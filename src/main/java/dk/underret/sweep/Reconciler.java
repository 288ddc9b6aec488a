package dk.underret.sweep;

import dk.underret.ledger.RowOutcome;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks the invariant of a run against the ledger: the outcomes sum to the run's rows.
 *
 * <p>A reconciliation reads every record of the notice, so it is repeated at growing intervals: when the run is settled, then each
 * time the time since has doubled (at least a minute and at most a day later), and finally when no more events are expected. Between
 * two reconciliations, feedback changes the outcomes of records but adds and removes none.
 */
final class Reconciler {
    private static final Duration MIN_INTERVAL = Duration.ofMinutes(1);
    private static final Duration MAX_INTERVAL = Duration.ofDays(1);

    /** Time after a run is settled in which events are expected: a server may be retried for days, and people complain late. */
    private static final Duration EVENT_PERIOD = Duration.ofDays(14);

    private static final List<String> DECISION_FOLDERS = List.of("/resend/", "/close/", "/posted/");

    private final SweepPorts ports;
    private final TimeSource time;

    Reconciler(SweepPorts ports, TimeSource time) {
        this.ports = ports;
        this.time = time;
    }

    /** Reconciles a run when that is due; otherwise returns the stored reconciliation. Does not store a new one: see {@link #store}. */
    ReconciledRun reconcile(OpenRun open) {
        var stored = ports.runs().reconciliation(open.run().id());
        if (stored.filter(last -> !isDue(open.run(), last)).isPresent())
            return new ReconciledRun(open.run(), stored.get(), stored, false);
        return new ReconciledRun(open.run(), compute(open), stored, true);
    }

    void store(ReconciledRun reconciled) {
        ports.runs().storeReconciliation(reconciled.run().id(), reconciled.current());
    }

    /** Whether a run was reconciled after the last event that is expected, and no row was open. */
    boolean isFinal(Run run) {
        return run.status() == RunStatus.SETTLED
                && ports.runs()
                        .reconciliation(run.id())
                        .filter(last -> last.holds() && last.tally().settled())
                        .filter(last -> !last.at().isBefore(eventsEnd(run)))
                        .isPresent();
    }

    private boolean isDue(Run run, Reconciliation last) {
        var since = run.settledAt().orElse(run.startedAt());
        if (last.at().isBefore(since)) return true;
        var elapsed = Duration.between(since, last.at());
        var interval = elapsed.compareTo(MIN_INTERVAL) < 0
                ? MIN_INTERVAL
                : elapsed.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : elapsed;
        var end = eventsEnd(run);
        return !time.now().isBefore(last.at().plus(interval))
                || (last.at().isBefore(end) && !time.now().isBefore(end));
    }

    private static Instant eventsEnd(Run run) {
        return run.settledAt().orElse(run.startedAt()).plus(EVENT_PERIOD);
    }

    /** Takes duplicate and skipped rows, which have no record of this run, from the chunks' tallies. The remaining rows are pending. */
    private Reconciliation compute(OpenRun open) {
        var now = time.now();
        var run = open.run();
        var chunksSum = chunksSum(open);
        if (isDecisionList(run)) return new Reconciliation(run.tally(), chunksSum, now);
        var tally = ports.ledger().tally(open.notice(), run.id());
        for (var outcome : List.of(RowOutcome.DUPLICATE, RowOutcome.SKIPPED))
            tally = tally.plus(outcome, run.tally().of(outcome));
        var rest = run.rows() - tally.rows();
        if (run.status() != RunStatus.SETTLED && rest > 0) tally = tally.plus(RowOutcome.PENDING, rest);
        return new Reconciliation(tally, tally.rows() == run.rows() && chunksSum, now);
    }

    /** Whether the list contains decisions about rows of other runs. Their records still belong to those runs. */
    static boolean isDecisionList(Run run) {
        return DECISION_FOLDERS.stream().anyMatch(run.list().key()::contains);
    }

    /** Allows more settled chunks than the run has counted, because the chunks are read after the run; never fewer. */
    private boolean chunksSum(OpenRun open) {
        var run = open.run();
        var chunks = open.sending() ? open.chunks() : ports.runs().chunks(run.id());
        var settled =
                chunks.stream().filter(chunk -> chunk.settledAt().isPresent()).toList();
        return settled.stream().allMatch(chunk -> chunk.tally().rows() == chunk.rows())
                && chunks.stream().mapToLong(ChunkRecord::rows).sum() == run.rows()
                && chunks.size() - settled.size() <= run.remaining();
    }

    /**
     * A run with its reconciliation.
     *
     * @param current the newest reconciliation
     * @param stored the last one that is stored; empty when there is none
     * @param isNew whether {@code current} was computed now and is not stored yet
     */
    record ReconciledRun(Run run, Reconciliation current, Optional<Reconciliation> stored, boolean isNew) {
        /** Whether the list of unreached recipients has rows, or had rows at the stored reconciliation. */
        boolean concernsUnreached() {
            return UnreachedListWriter.hasUnreached(current.tally())
                    || stored.filter(last -> UnreachedListWriter.hasUnreached(last.tally()))
                            .isPresent();
        }
    }
}
