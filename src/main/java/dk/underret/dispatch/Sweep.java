package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.intake.Accounts;
import dk.underret.intake.Accounts.Account;
import dk.underret.intake.Forecast;
import dk.underret.intake.Work;
import dk.underret.ledger.ChunkRecord;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Run;
import dk.underret.ledger.RunStatus;
import dk.underret.ledger.Runs;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Term;
import dk.underret.recipient.Lists;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes over all open runs, each minute: nobody is forgotten, and nothing that needs a person stays unseen.
 *
 * <pre>
 * hold ─► probed, lifted                    notice ─► unknown for 24 hours: held
 * run ─► chunks that no message points at,          ─► too many bounces: paused
 *        parked ones that may go on: queued  run ───► counted by the ledger; who was not reached is listed;
 *                                                     closed, all of a notice, when nothing can come any more
 * </pre>
 *
 * Whatever it does is conditional: two sweeps at once do it once. It sends nothing itself.
 */
public final class Sweep {
    /** So long an outcome may stay unknown before a person decides. */
    public static final Duration UNKNOWN_FOR = Duration.ofHours(24);

    /** So many letters at least, before their share of bounces says anything. */
    static final long BOUNCES_OF = 500;

    /** Records of one status that one sweep looks at, from each partition key. */
    private static final int MOST = 1000;

    /** Later than any clock. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final List<Term> SENT =
            List.of(Term.ACCEPTED, Term.DELIVERED, Term.BOUNCED, Term.COMPLAINED, Term.REJECTED, Term.SUPPRESSED);

    private final Ports ports;
    private final Time time;
    private final Holds holds;
    private final Strays strays;
    private final Counting counting;
    private final UnreachedList unreached;

    /** Over these ports. */
    public Sweep(Ports ports, Limits limits, Time time) {
        this.ports = ports;
        this.time = time;
        this.holds = new Holds(ports, time);
        this.strays = new Strays(ports, limits.staleAfter(), time);
        this.counting = new Counting(ports, time);
        this.unreached = new UnreachedList(ports.lists(), ports.ledger(), ports.unreached());
    }

    /**
     * One sweep. What fails for one run or notice fails after the others had their turn.
     *
     * @throws RuntimeException the first failure
     */
    public Swept sweep() {
        var work = new ArrayList<Open>();
        for (var id : ports.runs().open()) ports.runs().run(id).ifPresent(run -> work.add(open(run)));
        var sending = work.stream().filter(Open::sending).toList();
        var hold = ports.incidents().hold();
        if (work.isEmpty() && hold.isEmpty()) return Swept.NOTHING;
        var account = ports.accounts().account();
        var onHold = hold.isPresent() && holds.tend(hold.get(), account, sending);
        var swept = Swept.NOTHING.onHold(onHold);
        var faults = new ArrayList<RuntimeException>();
        var backlog = strays.backlog(sending, account);
        for (var notice : byNotice(work).entrySet()) {
            try {
                swept = sweep(notice.getKey(), notice.getValue(), account, backlog, swept);
            } catch (RuntimeException e) {
                faults.add(e);
            }
        }
        if (!faults.isEmpty()) throw faults.getFirst();
        return swept;
    }

    private Open open(Run run) {
        var settled = run.status() == RunStatus.SETTLED;
        return new Open(run, settled ? List.of() : ports.runs().chunks(run.id()));
    }

    private Swept sweep(NoticeId notice, List<Open> runs, Account account, Optional<Duration> backlog, Swept before) {
        var frozen = ports.incidents().frozen(notice);
        if (frozen.isEmpty()) throw new IllegalStateException("notice " + notice + " has runs and is not frozen");
        var spread = frozen.get().spread();
        var newly = hold(notice, spread);
        var held = problems(notice, spread, SendStatus.HELD, AHEAD).size();
        var facts = Brakes.facts(ports.incidents(), notice);
        var bounced = !facts.paused() && bounces(frozen.get(), facts, runs);
        if (bounced) ports.incidents().pause(notice);
        var swept = before.held(newly, held).paused(bounced);
        var stopped =
                bounced || before.onHold() || Brakes.ofNotice(facts, time.now()).isPresent();
        var counted = new ArrayList<Counting.Counted>();
        for (var open : runs) {
            if (open.sending() && !stopped) swept = swept.requeued(strays.requeue(open, backlog));
            counted.add(counting.count(open, spread));
            swept = swept.run(counted.getLast().count().holds(), late(open, facts, account));
        }
        for (var count : counted) if (count.isNew()) store(count, spread, facts);
        if (held == 0) close(notice, spread, runs);
        return swept;
    }

    /** The list of those who were not reached goes first: a count that is not stored is taken again by the next sweep. */
    private void store(Counting.Counted count, int spread, Incident facts) {
        if (count.concernsUnreached() && !Counting.decides(count.run()))
            unreached.write(count.run(), spread, facts, time.now().plus(AHEAD));
        counting.store(count);
    }

    /**
     * Together: a list that is open still, a person's decision above all, moves rows of the others. Not while a person is waited for,
     * or will be.
     */
    private void close(NoticeId notice, int spread, List<Open> runs) {
        if (!runs.stream().map(Open::run).allMatch(counting::isOver)) return;
        if (!problems(notice, spread, SendStatus.UNKNOWN, AHEAD).isEmpty()) return;
        for (var open : runs) ports.runs().close(open.run().id());
    }

    private int hold(NoticeId notice, int spread) {
        var held = 0;
        for (var record : problems(notice, spread, SendStatus.UNKNOWN, UNKNOWN_FOR.negated()))
            if (ports.ledger().held(record.key(), record.token(), time.now())) held++;
        return held;
    }

    /** Whether too many of the letters that SES took bounced for good. */
    private boolean bounces(FrozenNotice notice, Incident facts, List<Open> runs) {
        var sent = runs.stream()
                .mapToLong(
                        open -> SENT.stream().mapToLong(open.run().tally()::of).sum())
                .sum();
        if (sent < BOUNCES_OF || runs.stream().noneMatch(Open::sending)) return false;
        var ids = runs.stream().map(open -> open.run().id()).toList();
        var bounced = problems(notice.notice(), notice.spread(), SendStatus.BOUNCED, AHEAD).stream()
                // A status alone may be a soft bounce's; the time is set by a Permanent one only.
                .filter(record ->
                        ids.contains(record.originRun()) && record.at().containsKey(SendStatus.BOUNCED))
                .count();
        return bounced > facts.bounceLimit() * sent;
    }

    private List<SendRecord> problems(NoticeId notice, int spread, SendStatus status, Duration before) {
        return ports.ledger().problems(notice, spread, status, time.now().plus(before), MOST);
    }

    /** Half as long again as it takes, and an hour. */
    private boolean late(Open open, Incident facts, Account account) {
        if (!open.sending()) return false;
        var run = open.run();
        var start = facts.sendAfter()
                .map(moment -> moment.earliest())
                .filter(run.startedAt()::isBefore)
                .orElse(run.startedAt());
        return Forecast.of(run.rows(), account, facts.maxPerHour(), start)
                .finish()
                .map(finish -> finish.plus(Duration.between(start, finish).dividedBy(2))
                        .plus(Duration.ofHours(1)))
                .filter(time.now()::isAfter)
                .isPresent();
    }

    private static Map<NoticeId, List<Open>> byNotice(List<Open> runs) {
        var notices = new LinkedHashMap<NoticeId, List<Open>>();
        for (var open : runs)
            notices.computeIfAbsent(open.notice(), id -> new ArrayList<>()).add(open);
        return notices;
    }

    /**
     * An open run as it was read: the run, then its chunks.
     *
     * @param chunks all of them, by number; none of a settled run, where nothing is left to be queued
     */
    record Open(Run run, List<ChunkRecord> chunks) {
        NoticeId notice() {
            return new NoticeId(run.incident(), run.notice());
        }

        /** Whether any of it is still to be sent. */
        boolean sending() {
            return run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING;
        }

        List<ChunkRecord> unsettled() {
            return chunks.stream().filter(chunk -> chunk.settledAt().isEmpty()).toList();
        }

        /** When a chunk's message was last heard of, or may have been put on the queue. */
        Instant heardAt(ChunkRecord chunk) {
            return chunk.queuedAt().orElse(run.startedAt());
        }
    }

    /** What a sweep reads and acts on. */
    public record Ports(
            Incidents incidents,
            Runs runs,
            Ledger ledger,
            Work work,
            Accounts accounts,
            Lists lists,
            Unreached unreached) {}

    /**
     * What it keeps to.
     *
     * @param staleAfter the longest that a function can live; the queue hides a message no longer than twice that
     */
    public record Limits(Duration staleAfter) {}
}
