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
 * Runs a sender, a queue and the Sweep's schedule over the fakes, in simulated time. Receives messages one by one when they are due and
 * sends letters one after the other, so that the order of events is the same in each test run.
 */
public final class SenderLoop implements Work {
    public final DispatchFixture fixture = new DispatchFixture();
    public final List<SweepReport> sweeps = new ArrayList<>();
    public final List<Dispatched> results = new ArrayList<>();
    private final Accounts accounts;
    private final Duration every;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Dispatcher sender;
    private final Sweep sweep;
    private Instant nextSweep;
    private int received;
    private boolean losing;

    private record Due(Instant at, WorkMessage message) {}

    public SenderLoop() {
        this(Optional.empty(), Duration.ofMinutes(1));
    }

    /** Creates a loop with its own account figures, if given, and its own interval of the Sweep. */
    public SenderLoop(Optional<Accounts> figures, Duration every) {
        this.accounts = figures.orElse(fixture.accounts);
        this.every = every;
        fixture.inFlight = 1;
        this.sender = fixture.dispatcher(fixture.ledger, this, accounts, 1);
        this.sweep = sweep();
        this.nextSweep = fixture.time.now().plus(every);
    }

    private Sweep sweep() {
        return new Sweep(
                new SweepPorts(
                        fixture.incidents,
                        fixture.runs,
                        fixture.ledger,
                        this,
                        accounts,
                        fixture.lists,
                        fixture.unreached),
                new SweepLimits(STALE),
                fixture.time);
    }

    /** Plans a run and puts its chunks on the queue, as Intake does. */
    public SenderLoop plan(int people, int perChunk) {
        planned(people, perChunk, RunStatus.SENDING);
        for (var chunk : fixture.runs.chunks(RUN))
            enqueue(List.of(WorkMessage.first(RUN, chunk.number())), Duration.ZERO);
        return this;
    }

    /** Plans a run and does not enqueue it, like an Intake that crashes. */
    public SenderLoop planned(int people, int perChunk, RunStatus status) {
        var rows = DispatchFixture.people(people);
        var chunks = new ArrayList<ChunkRecord>();
        for (int from = 0; from < people; from += perChunk) {
            List<ChunkRow> part = List.copyOf(rows.subList(from, Math.min(people, from + perChunk)));
            var chunk = new Chunk(RUN, chunks.size(), part);
            chunks.add(new ChunkRecord(
                    RUN,
                    chunk.number(),
                    from + 2,
                    part.size(),
                    fixture.chunks.put(chunk),
                    Tally.NONE,
                    Optional.empty()));
        }
        fixture.runs.createChunks(chunks);
        fixture.runs.create(new Run(
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
                fixture.time.now(),
                Optional.empty()));
        return this;
    }

    /** Creates a settled run of a decision about one row. */
    public void planDecision(String id) {
        var run = run();
        fixture.runs.createChunks(List.of(new ChunkRecord(id, 0, 2, 1, "hash", Tally.NONE, Optional.empty())));
        fixture.runs.create(new Run(
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
                fixture.time.now(),
                Optional.empty()));
        fixture.runs.settle(id, 0, new Tally(Map.of(RowOutcome.CLOSED, 1L)), fixture.time.now());
    }

    /** Drops all messages on the queue and, if {@code fromNowOn}, all that are enqueued later. */
    public void lose(boolean fromNowOn) {
        queue.clear();
        losing = fromNowOn;
    }

    @Override
    public synchronized void enqueue(List<WorkMessage> messages, Duration delay) {
        if (losing) return;
        for (var message : messages) queue.add(new Due(fixture.time.now().plus(delay), message));
    }

    /** Runs the sender and the Sweep for a period of simulated time. */
    public SenderLoop workFor(Duration length) {
        var end = fixture.time.now().plus(length);
        while (fixture.time.now().isBefore(end)) {
            var due = queue.peek();
            if (!nextSweep.isAfter(fixture.time.now())) {
                sweeps.add(sweep.sweep());
                nextSweep = fixture.time.now().plus(every);
            } else if (due != null && !due.at().isAfter(fixture.time.now())) {
                received++;
                results.add(sender.dispatch(queue.remove().message(), DispatchFixture.REMAINING));
            } else {
                var next = due == null || due.at().isAfter(nextSweep) ? nextSweep : due.at();
                fixture.time.pass(Duration.between(fixture.time.now(), next));
            }
        }
        return this;
    }

    /** Runs one sweep now. */
    public SweepReport sweepOnce() {
        return sweep.sweep();
    }

    /** Returns the number of messages received from the queue. */
    public int received() {
        return received;
    }

    /** Returns the number of messages on the queue. */
    public int queued() {
        return queue.size();
    }

    public Run run() {
        return fixture.runs.run(RUN).orElseThrow();
    }

    public Reconciliation reconciliation() {
        return fixture.runs.reconciliation(RUN).orElseThrow();
    }
}
