package dk.underret.dispatch;

import dk.underret.dispatch.Sweep.Open;
import dk.underret.ledger.ChunkRecord;
import dk.underret.ledger.Count;
import dk.underret.ledger.Run;
import dk.underret.ledger.RunStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The invariant of a run, recomputed from the ledger: its rows are the sum of all terms.
 *
 * <p>A count reads every record of the notice, so it is taken at growing distances: when the run is settled and then after as long as
 * was gone by since, from a minute to six hours. In between feedback moves records from term to term; none comes or goes.
 */
final class Counting {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);

    /** After this no event can come any more: the queue of events has dropped it. */
    private static final Duration EVENTS_COME = Duration.ofDays(14);

    private static final List<String> DECISIONS = List.of("/resend/", "/close/", "/posted/");

    private static final List<Term> UNDECIDED = List.of(Term.UNKNOWN, Term.HELD);

    private final Sweep.Ports ports;
    private final Time time;

    Counting(Sweep.Ports ports, Time time) {
        this.ports = ports;
        this.time = time;
    }

    /**
     * Counts a run if that is due, and closes it if nothing about it can change any more but by a person.
     *
     * @return whether its rows sum up, as of now or of the last count
     */
    boolean count(Open open, int spread) {
        var before = ports.runs().count(open.run().id());
        if (before.filter(count -> !due(open.run(), count)).isPresent())
            return before.get().holds();
        var count = taken(open, spread);
        ports.runs().counted(open.run().id(), count);
        if (count.holds() && isFinal(open.run(), count.tally())) ports.runs().close(open.run().id());
        return count.holds();
    }

    private boolean due(Run run, Count last) {
        var since = run.settledAt().orElse(run.startedAt());
        if (last.at().isBefore(since)) return true;
        var gone = Duration.between(since, last.at());
        var wait = gone.compareTo(SHORTEST) < 0 ? SHORTEST : gone.compareTo(LONGEST) > 0 ? LONGEST : gone;
        return !time.now().isBefore(last.at().plus(wait));
    }

    /** Rows without a record of this run's are as its chunks had them: duplicates and skipped ones. The rest is pending. */
    private Count taken(Open open, int spread) {
        var now = time.now();
        var run = open.run();
        if (decides(run)) return new Count(run.tally(), chunksSum(open), now);
        var tally = ports.ledger().tally(open.notice(), spread, run.id());
        for (var term : List.of(Term.DUPLICATE, Term.SKIPPED))
            tally = tally.plus(term, run.tally().of(term));
        var rest = run.rows() - tally.rows();
        if (run.status() != RunStatus.SETTLED && rest > 0) tally = tally.plus(Term.PENDING, rest);
        return new Count(tally, tally.rows() == run.rows() && chunksSum(open), now);
    }

    /** A list by which a person decides about rows of other runs: the records stay those runs' own. */
    private static boolean decides(Run run) {
        return DECISIONS.stream().anyMatch(run.list().key()::contains);
    }

    /** Chunks are read after their run, so there may be more settled ones than it knows of, but not fewer. */
    private static boolean chunksSum(Open open) {
        var settled = open.chunks().stream()
                .filter(chunk -> chunk.settledAt().isPresent())
                .toList();
        return settled.stream().allMatch(chunk -> chunk.tally().rows() == chunk.rows())
                && open.chunks().stream().mapToLong(ChunkRecord::rows).sum() == open.run().rows()
                && open.unsettled().size() <= open.run().remaining();
    }

    private boolean isFinal(Run run, Tally tally) {
        if (run.status() != RunStatus.SETTLED || !tally.settled()) return false;
        if (UNDECIDED.stream().anyMatch(term -> tally.of(term) > 0)) return false;
        return tally.of(Term.ACCEPTED) == 0 || eventsAreOver(run, time.now());
    }

    private static boolean eventsAreOver(Run run, Instant now) {
        return now.isAfter(run.settledAt().orElse(run.startedAt()).plus(EVENTS_COME));
    }
}
