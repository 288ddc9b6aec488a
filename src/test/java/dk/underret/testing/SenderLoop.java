package dk.underret.testing;

import static dk.underret.dispatch.DispatchFixture.NOTICE;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.STALE;

import dk.underret.dispatch.DispatchFixture;
import dk.underret.dispatch.Dispatched;
import dk.underret.dispatch.Dispatcher;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.Tally;
import dk.underret.run.Accounts;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRecord;
import dk.underret.run.ChunkRow;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.Run.ListVersion;
import dk.underret.run.RunStatus;
import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import dk.underret.sweep.Sweep;
import dk.underret.sweep.SweepLimits;
import dk.underret.sweep.SweepPorts;
import dk.underret.sweep.SweepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A sender, a queue and the schedule of the Sweep, over fakes and in simulated time. It takes due messages one by one and sends
 * letters one by one, so that the order of events is always the same.
 */
public final class SenderLoop implements Work {
    public final DispatchFixture desk = new DispatchFixture();
    public final List<SweepReport> sweeps = new ArrayList<>();
    public final List<Dispatched> ends = new ArrayList<>();
    private final Accounts accounts;
    private final Duration sweepInterval;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Dispatcher sender;
    private final Sweep sweep;
    private Instant nextSweep;
    private int taken;
    private boolean losing;

    private record Due(Instant at, WorkMessage message) {}

    public SenderLoop() {
        this(Optional.empty(), Duration.ofMinutes(1));
    }

    /** Creates a loop with the given account, or the fixture's if empty, and with this interval of the Sweep. */
    public SenderLoop(Optional<Accounts> accounts, Duration sweepInterval) {
        this.accounts = accounts.orElse(desk.accounts);
        this.sweepInterval = sweepInterval;
        desk.inFlight = 1;
        this.sender = desk.dispatcher(desk.ledger, this, this.accounts, 1);
        this.sweep = sweep();
        this.nextSweep = desk.time.now().plus(sweepInterval);
    }

    private Sweep sweep() {
        return new Sweep(
                new SweepPorts(desk.incidents, desk.runs, desk.ledger, this, accounts, desk.lists, desk.unreached),
                new SweepLimits(STALE),
                desk.time);
    }

    /** Plans a run and puts its chunks on the queue, as Intake does. */
    public SenderLoop plan(int people, int perChunk) {
        planned(people, perChunk, RunStatus.SENDING);
        for (var chunk : desk.runs.chunks(RUN)) enqueue(List.of(WorkMessage.first(RUN, chunk.number())), Duration.ZERO);
        return this;
    }

    /** Plans a run without putting its chunks on the queue, as an Intake that crashes does. */
    public SenderLoop planned(int people, int perChunk, RunStatus status) {
        var rows = DispatchFixture.people(people);
        var chunks = new ArrayList<ChunkRecord>();
        for (int from = 0; from < people; from += perChunk) {
            List<ChunkRow> part = List.copyOf(rows.subList(from, Math.min(people, from + perChunk)));
            var chunk = new Chunk(RUN, chunks.size(), part);
            chunks.add(new ChunkRecord(
                    RUN, chunk.number(), from + 2, part.size(), desk.chunks.put(chunk), Tally.NONE, Optional.empty()));
        }
        desk.runs.createChunks(chunks);
        desk.runs.create(new Run(
                RUN,
                NOTICE.incident(),
                NOTICE.notice(),
                status,
                new ListVersion("uploads", "incidents/break-in/list.csv", "v1", "hash", "principal"),
                "facts-hash",
                List.of(DispatchFixture.LETTER),
                chunks.size(),
                chunks.size(),
                people,
                Tally.NONE,
                Map.of(),
                desk.time.now(),
                Optional.empty()));
        return this;
    }

    /** Records a settled run of a manual decision about one row. */
    public void decided(String id) {
        var run = run();
        desk.runs.createChunks(List.of(new ChunkRecord(id, 0, 2, 1, "hash", Tally.NONE, Optional.empty())));
        desk.runs.create(new Run(
                id,
                run.incident(),
                run.notice(),
                RunStatus.SENDING,
                new ListVersion("uploads", "incidents/break-in/main/close/list.csv", "v8", "hash", "principal"),
                run.factsSha256(),
                run.letters(),
                1,
                1,
                1,
                Tally.NONE,
                Map.of(),
                desk.time.now(),
                Optional.empty()));
        desk.runs.settle(id, 0, new Tally(Map.of(RowOutcome.CLOSED, 1L)), desk.time.now());
    }

    /**
     * Removes all messages from the queue.
     *
     * @param fromNowOn whether later messages are dropped as well
     */
    public void lose(boolean fromNowOn) {
        queue.clear();
        losing = fromNowOn;
    }

    @Override
    public synchronized void enqueue(List<WorkMessage> messages, Duration delay) {
        if (losing) return;
        for (var message : messages) queue.add(new Due(desk.time.now().plus(delay), message));
    }

    /** Runs the sender and the Sweep for this length of simulated time. */
    public SenderLoop workFor(Duration length) {
        var end = desk.time.now().plus(length);
        while (desk.time.now().isBefore(end)) {
            var due = queue.peek();
            if (!nextSweep.isAfter(desk.time.now())) {
                sweeps.add(sweep.sweep());
                nextSweep = desk.time.now().plus(sweepInterval);
            } else if (due != null && !due.at().isAfter(desk.time.now())) {
                taken++;
                ends.add(sender.dispatch(queue.remove().message(), DispatchFixture.REMAINING));
            } else {
                var next = due == null || due.at().isAfter(nextSweep) ? nextSweep : due.at();
                desk.time.pass(Duration.between(desk.time.now(), next));
            }
        }
        return this;
    }

    /** Sweeps once. */
    public SweepReport sweepOnce() {
        return sweep.sweep();
    }

    /** Returns the number of messages that were taken from the queue. */
    public int taken() {
        return taken;
    }

    /** Returns the number of messages on the queue. */
    public int queued() {
        return queue.size();
    }

    public Run run() {
        return desk.runs.run(RUN).orElseThrow();
    }

    public Reconciliation count() {
        return desk.runs.reconciliation(RUN).orElseThrow();
    }
}
