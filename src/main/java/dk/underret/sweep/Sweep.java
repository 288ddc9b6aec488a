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
 * Checks all open runs every minute: re-enqueues lost chunks, and reports everything that a person has to act on.
 *
 * <pre>
 * account's hold ─► probe, or lift it
 * each notice    ─► outcomes unknown for 24 hours: HELD
 *                ─► too many permanent bounces: pause it
 * each run       ─► enqueue lost chunks, and parked ones that may be sent
 *                ─► reconcile with the ledger; write the list of unreached recipients
 * each notice    ─► close all its runs when no more events are expected
 * </pre>
 *
 * Every write is conditional, so that two sweeps at the same time have the effect of one. A sweep sends no letters.
 */
public final class Sweep {
    /** Time for which an outcome may stay unknown before a person decides. */
    public static final Duration UNKNOWN_FOR = Duration.ofHours(24);

    /** The number of letters sent from which the share of bounces counts. */
    static final long MIN_SENT_FOR_BOUNCES = 500;

    /** The maximum number of records of one status that one sweep reads from each partition of a notice. */
    private static final int MAX_RECORDS = 1000;

    /** Added to the current time for a limit that no sender's clock exceeds. */
    private static final Duration CLOCK_MARGIN = Duration.ofDays(1);

    private static final List<RowOutcome> SENT = List.of(
            RowOutcome.ACCEPTED,
            RowOutcome.DELIVERED,
            RowOutcome.BOUNCED,
            RowOutcome.COMPLAINED,
            RowOutcome.REJECTED,
            RowOutcome.SUPPRESSED);

    private final SweepPorts ports;
    private final TimeSource time;
    private final HoldProber holdProber;
    private final LostChunks lostChunks;
    private final Reconciler reconciler;
    private final UnreachedListWriter unreached;

    /** Creates the worker. */
    public Sweep(SweepPorts ports, SweepLimits limits, TimeSource time) {
        this.ports = ports;
        this.time = time;
        this.holdProber = new HoldProber(ports, time);
        this.lostChunks = new LostChunks(ports, limits.staleAfter(), time);
        this.reconciler = new Reconciler(ports, time);
        this.unreached = new UnreachedListWriter(ports.lists(), ports.ledger(), ports.unreached());
    }

    /**
     * Runs one sweep. A failure in one notice does not stop the others.
     *
     * @throws RuntimeException the first failure, after all notices were processed
     */
    public SweepReport sweep() {
        var runs = new ArrayList<OpenRun>();
        for (var id : ports.runs().open()) ports.runs().run(id).ifPresent(run -> runs.add(open(run)));
        var sending = runs.stream().filter(OpenRun::sending).toList();
        var hold = ports.incidents().hold();
        if (runs.isEmpty() && hold.isEmpty()) return SweepReport.NOTHING;
        var account = ports.accounts().account();
        var onHold = hold.isPresent() && holdProber.update(hold.get(), account, sending);
        var report = SweepReport.NOTHING.onHold(onHold);
        var failures = new ArrayList<RuntimeException>();
        var backlog = lostChunks.backlog(sending, account);
        for (var notice : byNotice(runs).entrySet()) {
            try {
                report = sweep(notice.getKey(), notice.getValue(), account, backlog, report);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) throw failures.getFirst();
        return report;
    }

    private OpenRun open(Run run) {
        var settled = run.status() == RunStatus.SETTLED;
        return new OpenRun(run, settled ? List.of() : ports.runs().chunks(run.id()));
    }

    private SweepReport sweep(
            NoticeId notice, List<OpenRun> runs, Account account, Optional<Duration> backlog, SweepReport before) {
        if (ports.incidents().frozen(notice).isEmpty())
            throw new IllegalStateException("notice " + notice + " has runs and is not frozen");
        var newlyHeld = holdUnknown(notice);
        var held = problems(notice, SendStatus.HELD, CLOCK_MARGIN).size();
        var facts = ports.incidents().current(notice);
        var pause = !facts.paused() && exceedsBounceLimit(notice, facts, runs);
        if (pause) ports.incidents().pause(notice, time.now());
        var report = before.held(newlyHeld, held).paused(pause);
        var stopped = pause
                || before.onHold()
                || StopReason.ofNotice(facts, time.now()).isPresent();
        var reconciled = new ArrayList<Reconciler.ReconciledRun>();
        for (var open : runs) {
            if (open.sending() && !stopped) report = report.requeued(lostChunks.requeue(open, backlog));
            reconciled.add(reconciler.reconcile(open));
            report = report.run(reconciled.getLast().current().holds(), isLate(open, facts, account));
        }
        for (var run : reconciled) if (run.isNew()) store(run, facts);
        if (held == 0) close(notice, runs);
        return report;
    }

    /** Writes the list of unreached recipients first: if that fails, the next sweep reconciles the run again. */
    private void store(Reconciler.ReconciledRun reconciled, Incident facts) {
        if (reconciled.concernsUnreached() && !Reconciler.isDecisionList(reconciled.run()))
            unreached.write(reconciled.run(), facts, time.now().plus(CLOCK_MARGIN));
        reconciler.store(reconciled);
    }

    /**
     * Closes all runs of a notice together, because an open run, in particular a list of decisions, changes rows of the others. Closes
     * none while a record is UNKNOWN, because a person may have to decide about it.
     */
    private void close(NoticeId notice, List<OpenRun> runs) {
        if (!runs.stream().map(OpenRun::run).allMatch(reconciler::isFinal)) return;
        if (!problems(notice, SendStatus.UNKNOWN, CLOCK_MARGIN).isEmpty()) return;
        for (var open : runs) ports.runs().close(open.run().id());
    }

    private int holdUnknown(NoticeId notice) {
        var held = 0;
        for (var record : problems(notice, SendStatus.UNKNOWN, UNKNOWN_FOR.negated()))
            if (ports.ledger().held(record.key(), record.token(), time.now())) held++;
        return held;
    }

    /** Whether the share of permanent bounces among the letters that SES accepted exceeds {@code bounce_limit}. */
    private boolean exceedsBounceLimit(NoticeId notice, Incident facts, List<OpenRun> runs) {
        var sent = runs.stream()
                .mapToLong(
                        open -> SENT.stream().mapToLong(open.run().tally()::of).sum())
                .sum();
        if (sent < MIN_SENT_FOR_BOUNCES || runs.stream().noneMatch(OpenRun::sending)) return false;
        var ids = runs.stream().map(open -> open.run().id()).toList();
        // Reads without MAX_RECORDS: with it a large notice in one partition could never exceed bounce_limit. A paused
        // notice is not read again, so bounce_limit also bounds the number of permanent bounces that a sweep reads.
        var bounced = ports
                .ledger()
                .problems(notice, SendStatus.BOUNCED, time.now().plus(CLOCK_MARGIN), Integer.MAX_VALUE)
                .stream()
                .filter(record -> record.newest().status() == AttemptStatus.BOUNCED)
                .filter(record -> ids.contains(record.origin().run()))
                .count();
        return bounced > facts.bounceLimit() * sent;
    }

    private List<SendRecord> problems(NoticeId notice, SendStatus status, Duration before) {
        return ports.ledger().problems(notice, status, time.now().plus(before), MAX_RECORDS);
    }

    /** Whether a run takes more than 1.5 times its forecast plus one hour. */
    private boolean isLate(OpenRun open, Incident facts, Account account) {
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
