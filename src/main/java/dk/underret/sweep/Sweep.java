package dk.underret.sweep;

import dk.underret.incident.Incident;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.run.Accounts.Account;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import java.time.Duration;
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

    private static final List<RowOutcome> SENT = List.of(
            RowOutcome.ACCEPTED,
            RowOutcome.DELIVERED,
            RowOutcome.BOUNCED,
            RowOutcome.COMPLAINED,
            RowOutcome.REJECTED,
            RowOutcome.SUPPRESSED);

    private final SweepPorts ports;
    private final TimeSource time;
    private final HoldProber holds;
    private final LostChunks strays;
    private final Reconciler counting;
    private final UnreachedListWriter unreached;

    /** Over these ports. */
    public Sweep(SweepPorts ports, SweepLimits limits, TimeSource time) {
        this.ports = ports;
        this.time = time;
        this.holds = new HoldProber(ports, time);
        this.strays = new LostChunks(ports, limits.staleAfter(), time);
        this.counting = new Reconciler(ports, time);
        this.unreached = new UnreachedListWriter(ports.lists(), ports.ledger(), ports.unreached());
    }

    /**
     * One sweep. What fails for one run or notice fails after the others had their turn.
     *
     * @throws RuntimeException the first failure
     */
    public SweepReport sweep() {
        var work = new ArrayList<OpenRun>();
        for (var id : ports.runs().open()) ports.runs().run(id).ifPresent(run -> work.add(open(run)));
        var sending = work.stream().filter(OpenRun::sending).toList();
        var hold = ports.incidents().hold();
        if (work.isEmpty() && hold.isEmpty()) return SweepReport.NOTHING;
        var account = ports.accounts().account();
        var onHold = hold.isPresent() && holds.tend(hold.get(), account, sending);
        var swept = SweepReport.NOTHING.onHold(onHold);
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

    private OpenRun open(Run run) {
        var settled = run.status() == RunStatus.SETTLED;
        return new OpenRun(run, settled ? List.of() : ports.runs().chunks(run.id()));
    }

    private SweepReport sweep(
            NoticeId notice, List<OpenRun> runs, Account account, Optional<Duration> backlog, SweepReport before) {
        if (ports.incidents().frozen(notice).isEmpty())
            throw new IllegalStateException("notice " + notice + " has runs and is not frozen");
        var newly = hold(notice);
        var held = problems(notice, SendStatus.HELD, AHEAD).size();
        var facts = ports.incidents().current(notice);
        var bounced = !facts.paused() && bounces(notice, facts, runs);
        if (bounced) ports.incidents().pause(notice);
        var swept = before.held(newly, held).paused(bounced);
        var stopped = bounced
                || before.onHold()
                || StopReason.ofNotice(facts, time.now()).isPresent();
        var counted = new ArrayList<Reconciler.ReconciledRun>();
        for (var open : runs) {
            if (open.sending() && !stopped) swept = swept.requeued(strays.requeue(open, backlog));
            counted.add(counting.count(open));
            swept = swept.run(counted.getLast().count().holds(), late(open, facts, account));
        }
        for (var count : counted) if (count.isNew()) store(count, facts);
        if (held == 0) close(notice, runs);
        return swept;
    }

    /** The list of those who were not reached goes first: a count that is not stored is taken again by the next sweep. */
    private void store(Reconciler.ReconciledRun count, Incident facts) {
        if (count.concernsUnreached() && !Reconciler.decides(count.run()))
            unreached.write(count.run(), facts, time.now().plus(AHEAD));
        counting.store(count);
    }

    /**
     * Together: a list that is open still, a person's decision above all, moves rows of the others. Not while a person is waited for,
     * or will be.
     */
    private void close(NoticeId notice, List<OpenRun> runs) {
        if (!runs.stream().map(OpenRun::run).allMatch(counting::isOver)) return;
        if (!problems(notice, SendStatus.UNKNOWN, AHEAD).isEmpty()) return;
        for (var open : runs) ports.runs().close(open.run().id());
    }

    private int hold(NoticeId notice) {
        var held = 0;
        for (var record : problems(notice, SendStatus.UNKNOWN, UNKNOWN_FOR.negated()))
            if (ports.ledger().held(record.key(), record.token(), time.now())) held++;
        return held;
    }

    /** Whether too many of the letters that SES took bounced for good. */
    private boolean bounces(NoticeId notice, Incident facts, List<OpenRun> runs) {
        var sent = runs.stream()
                .mapToLong(
                        open -> SENT.stream().mapToLong(open.run().tally()::of).sum())
                .sum();
        if (sent < BOUNCES_OF || runs.stream().noneMatch(OpenRun::sending)) return false;
        var ids = runs.stream().map(open -> open.run().id()).toList();
        var bounced = problems(notice, SendStatus.BOUNCED, AHEAD).stream()
                .filter(record -> record.newest().status() == AttemptStatus.BOUNCED)
                .filter(record -> ids.contains(record.origin().run()))
                .count();
        return bounced > facts.bounceLimit() * sent;
    }

    private List<SendRecord> problems(NoticeId notice, SendStatus status, Duration before) {
        return ports.ledger().problems(notice, status, time.now().plus(before), MOST);
    }

    /** Half as long again as it takes, and an hour. */
    private boolean late(OpenRun open, Incident facts, Account account) {
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

    private static Map<NoticeId, List<OpenRun>> byNotice(List<OpenRun> runs) {
        var notices = new LinkedHashMap<NoticeId, List<OpenRun>>();
        for (var open : runs)
            notices.computeIfAbsent(open.notice(), id -> new ArrayList<>()).add(open);
        return notices;
    }
}
