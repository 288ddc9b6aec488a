package dk.underret.dispatch;

import static dk.underret.dispatch.Desk.NOTICE;
import static dk.underret.dispatch.Desk.RUN;
import static dk.underret.dispatch.Desk.STALE;

import dk.underret.intake.Accounts;
import dk.underret.intake.Chunk;
import dk.underret.intake.ChunkRow;
import dk.underret.intake.Work;
import dk.underret.intake.WorkMessage;
import dk.underret.ledger.ChunkRecord;
import dk.underret.ledger.Count;
import dk.underret.ledger.Run;
import dk.underret.ledger.Run.ListVersion;
import dk.underret.ledger.RunStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A sender, a queue and the Sweep's schedule over the fakes, in simulated time: messages are taken when they are due, one by one,
 * and letters go out one after the other, so that whatever happens happens in the same order each time.
 */
final class Office implements Work {
    final Desk desk = new Desk();
    final List<Swept> sweeps = new ArrayList<>();
    final List<Dispatched> ends = new ArrayList<>();
    private final Accounts accounts;
    private final Duration every;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Dispatcher sender;
    private final Sweep sweep;
    private Instant nextSweep;
    private int taken;
    private boolean losing;

    private record Due(Instant at, WorkMessage message) {}

    Office() {
        this(Optional.empty(), Duration.ofMinutes(1));
    }

    /** With other figures than the desk's, where given, and another pace of the Sweep. */
    Office(Optional<Accounts> figures, Duration every) {
        this.accounts = figures.orElse(desk.accounts);
        this.every = every;
        desk.inFlight = 1;
        this.sender = desk.dispatcher(desk.ledger, this, accounts, 1);
        this.sweep = sweep();
        this.nextSweep = desk.time.now().plus(every);
    }

    private Sweep sweep() {
        return new Sweep(
                new Sweep.Ports(desk.incidents, desk.runs, desk.ledger, this, accounts, desk.lists, desk.unreached),
                new Sweep.Limits(STALE),
                desk.time);
    }

    /** Plans a run and puts its chunks on the queue, as Intake does. */
    Office plan(int people, int perChunk) {
        planned(people, perChunk, RunStatus.SENDING);
        for (var chunk : desk.runs.chunks(RUN)) enqueue(List.of(WorkMessage.first(RUN, chunk.number())), Duration.ZERO);
        return this;
    }

    /** Plans a run and dies. */
    Office planned(int people, int perChunk, RunStatus status) {
        var rows = Desk.people(people);
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
                List.of(Desk.LETTER),
                chunks.size(),
                chunks.size(),
                people,
                Tally.NONE,
                Map.of(),
                desk.time.now(),
                Optional.empty()));
        return this;
    }

    /** A person decided about one row, and it was acted on. */
    void decided(String id) {
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
        desk.runs.settle(id, 0, new Tally(Map.of(Term.CLOSED, 1L)), desk.time.now());
    }

    /** Loses every message that is on the queue, or drops from now on what is put there. */
    void lose(boolean fromNowOn) {
        queue.clear();
        losing = fromNowOn;
    }

    @Override
    public synchronized void enqueue(List<WorkMessage> messages, Duration delay) {
        if (losing) return;
        for (var message : messages) queue.add(new Due(desk.time.now().plus(delay), message));
    }

    /** Lets senders and the Sweep work for so long. */
    Office workFor(Duration length) {
        var end = desk.time.now().plus(length);
        while (desk.time.now().isBefore(end)) {
            var due = queue.peek();
            if (!nextSweep.isAfter(desk.time.now())) {
                sweeps.add(sweep.sweep());
                nextSweep = desk.time.now().plus(every);
            } else if (due != null && !due.at().isAfter(desk.time.now())) {
                taken++;
                ends.add(sender.dispatch(queue.remove().message(), Desk.REMAINING));
            } else {
                var next = due == null || due.at().isAfter(nextSweep) ? nextSweep : due.at();
                desk.time.pass(Duration.between(desk.time.now(), next));
            }
        }
        return this;
    }

    /** One sweep, now. */
    Swept sweepOnce() {
        return sweep.sweep();
    }

    /** How many messages were taken from the queue. */
    int taken() {
        return taken;
    }

    /** How many messages are on it. */
    int queued() {
        return queue.size();
    }

    Run run() {
        return desk.runs.run(RUN).orElseThrow();
    }

    Count count() {
        return desk.runs.count(RUN).orElseThrow();
    }
}
