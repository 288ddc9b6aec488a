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
 * The invariant of a run, recomputed from the ledger: its rows are the sum of all terms.
 *
 * <p>A count reads every record of the notice, so it is taken at growing distances: when the run is settled, then after as long as
 * was gone by since, from a minute to a day, and a last time when no event can come any more. In between feedback moves records from
 * term to term; none comes or goes.
 */
final class Reconciler {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** So long after a run is settled its letters are reported on: a server may be tried for days, and a person complains late. */
    private static final Duration EVENTS_COME = Duration.ofDays(14);

    private static final List<String> DECISIONS = List.of("/resend/", "/close/", "/posted/");

    private final SweepPorts ports;
    private final TimeSource time;

    Reconciler(SweepPorts ports, TimeSource time) {
        this.ports = ports;
        this.time = time;
    }

    /** Counts a run if that is due; the new count is stored by {@link #store}. */
    Reconciler.ReconciledRun count(OpenRun open) {
        var before = ports.runs().reconciliation(open.run().id());
        if (before.filter(count -> !due(open.run(), count)).isPresent())
            return new Reconciler.ReconciledRun(open.run(), before.get(), before, false);
        return new Reconciler.ReconciledRun(open.run(), taken(open), before, true);
    }

    /** Stores a new count. */
    void store(Reconciler.ReconciledRun counted) {
        ports.runs().storeReconciliation(counted.run().id(), counted.count());
    }

    /** Whether a run was counted after the last event that can come, and nothing was left open. */
    boolean isOver(Run run) {
        return run.status() == RunStatus.SETTLED
                && ports.runs()
                        .reconciliation(run.id())
                        .filter(count -> count.holds() && count.tally().settled())
                        .filter(count -> !count.at().isBefore(eventsEnd(run)))
                        .isPresent();
    }

    private boolean due(Run run, Reconciliation last) {
        var since = run.settledAt().orElse(run.startedAt());
        if (last.at().isBefore(since)) return true;
        var gone = Duration.between(since, last.at());
        var wait = gone.compareTo(SHORTEST) < 0 ? SHORTEST : gone.compareTo(LONGEST) > 0 ? LONGEST : gone;
        var end = eventsEnd(run);
        return !time.now().isBefore(last.at().plus(wait))
                || (last.at().isBefore(end) && !time.now().isBefore(end));
    }

    private static Instant eventsEnd(Run run) {
        return run.settledAt().orElse(run.startedAt()).plus(EVENTS_COME);
    }

    /** Rows without a record of this run's are as its chunks had them: duplicates and skipped ones. The rest is pending. */
    private Reconciliation taken(OpenRun open) {
        var now = time.now();
        var run = open.run();
        var chunksSum = chunksSum(open);
        if (decides(run)) return new Reconciliation(run.tally(), chunksSum, now);
        var tally = ports.ledger().tally(open.notice(), run.id());
        for (var term : List.of(RowOutcome.DUPLICATE, RowOutcome.SKIPPED))
            tally = tally.plus(term, run.tally().of(term));
        var rest = run.rows() - tally.rows();
        if (run.status() != RunStatus.SETTLED && rest > 0) tally = tally.plus(RowOutcome.PENDING, rest);
        return new Reconciliation(tally, tally.rows() == run.rows() && chunksSum, now);
    }

    /** A list by which a person decides about rows of other runs: the records stay those runs' own, and move in their counts. */
    static boolean decides(Run run) {
        return DECISIONS.stream().anyMatch(run.list().key()::contains);
    }

    /** Chunks are read after their run, so there may be more settled ones than it knows of, but not fewer. */
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
     * What the ledger says of a run.
     *
     * @param count the newest there is
     * @param before the last that is stored; empty where there is none
     * @param isNew whether {@code count} was taken just now
     */
    record ReconciledRun(Run run, Reconciliation count, Optional<Reconciliation> before, boolean isNew) {
        /** Whether somebody was not reached, or was not when it was counted before. */
        boolean concernsUnreached() {
            return UnreachedListWriter.has(count.tally())
                    || before.filter(last -> UnreachedListWriter.has(last.tally()))
                            .isPresent();
        }
    }
}
