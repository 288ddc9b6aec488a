package dk.underret.dispatch;

import dk.underret.dispatch.ChunkSender.End;
import dk.underret.dispatch.Dispatched.AlreadySettled;
import dk.underret.dispatch.Dispatched.HandedOver;
import dk.underret.dispatch.Dispatched.LeftOpen;
import dk.underret.dispatch.Dispatched.Parked;
import dk.underret.dispatch.Dispatched.Settled;
import dk.underret.dispatch.WorkException.Code;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Tally;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRecord;
import dk.underret.run.RunStatus;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends one chunk: for each row render, wait for a turn, claim, one POST, settle.
 *
 * <pre>
 * message ─► run, chunk, frozen notice ─► rows ─┬─ all acted on ─► tally ─┬─ none open ─► settled
 *                                               │                         └─ open ──────► back on the queue
 *                                               ├─ time is short ───────────────────────► handed over
 *                                               ├─ its turn is later (max_per_hour) ───────► back on the queue, later
 *                                               └─ it may not be sent now ─────────────────► parked
 * </pre>
 *
 * Any number of dispatchers may work on the same chunk: the claim in the ledger decides who sends a row. Safe for use by many
 * threads.
 */
public final class Dispatcher {
    /** Hand-overs in a row without progress, after which a message fails. */
    public static final int IDLE_HOPS = 5;

    /** The longest that SQS delays a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final DispatchPorts ports;
    private final DispatchLimits limits;
    private final TimeSource time;
    private final Notices notices;
    private final CircuitBreaker trend = new CircuitBreaker();
    private final Map<NoticeId, HourlyRateLimiter> hourly = new ConcurrentHashMap<>();

    /** Over these ports. */
    public Dispatcher(DispatchPorts ports, DispatchLimits limits, TimeSource time) {
        this(ports, limits, time, new Notices(ports.incidents(), ports.letters()));
    }

    Dispatcher(DispatchPorts ports, DispatchLimits limits, TimeSource time, Notices notices) {
        this.ports = ports;
        this.limits = limits;
        this.time = time;
        this.notices = notices;
    }

    /**
     * Works on one message until its chunk is settled, the time is short, or nobody may send. Returns with the message done
     * with; when it throws, the message is to be delivered again.
     *
     * @param remaining time until the caller is stopped
     * @throws WorkException when the message can't be done
     */
    public Dispatched dispatch(WorkMessage message, Duration remaining) {
        var deadline = time.nanos() + remaining.minus(limits.reserve()).toNanos();
        var run = ports.runs()
                .run(message.run())
                .orElseThrow(() -> new WorkException(Code.RUN_GONE, "run " + message.run()));
        var record = ports.runs()
                .chunk(message.run(), message.chunk())
                .orElseThrow(() -> new WorkException(Code.NO_SUCH_CHUNK, place(message)));
        if (record.settledAt().isPresent()) {
            complete(message, record.tally());
            return new AlreadySettled();
        }
        ports.runs().touch(message.run(), message.chunk(), time.now());
        var chunk = chunk(message, record);
        var notice = new NoticeId(run.incident(), run.notice());
        var compiled = notices.of(notice, run);
        var pace = hourly.computeIfAbsent(notice, id -> new HourlyRateLimiter(time, limits.senders()));
        var sending = new ChunkSender(ports, limits, time, chunk, compiled, trend, pace, deadline);
        return switch (sending.from(message.nextRow())) {
            case End.Done done -> finish(message, sending);
            case End.TimeIsShort end -> handOver(message, end.nextRow(), sending.progressed());
            case End.Paced end -> {
                var back = min(end.turnIn(), LONGEST_DELAY);
                enqueue(new WorkMessage(message.run(), message.chunk(), end.nextRow(), 0), back);
                yield new LeftOpen(StopReason.HOURLY, back);
            }
            case End.MayNotSend end -> {
                ports.runs().park(message.run(), message.chunk(), time.now());
                yield new Parked(end.reason());
            }
        };
    }

    private Chunk chunk(WorkMessage message, ChunkRecord record) {
        if (message.nextRow() < 0 || message.nextRow() > record.rows())
            throw new WorkException(Code.NO_SUCH_CHUNK, place(message) + " row index " + message.nextRow());
        try {
            return ports.chunks()
                    .get(message.run(), message.chunk(), record.sha256())
                    .orElseThrow(() -> new WorkException(Code.CHUNK_GONE, place(message)));
        } catch (IllegalStateException e) {
            throw new WorkException(Code.CHUNK_ALTERED, place(message), e);
        }
    }

    private Dispatched finish(WorkMessage message, ChunkSender sending) {
        var standing = sending.standing();
        if (sending.unrendered().isPresent())
            throw new WorkException(
                    Code.ROW_NOT_RENDERED,
                    place(message) + " row " + sending.unrendered().getAsLong());
        if (standing.tally().settled()) {
            return new Settled(standing.tally(), complete(message, standing.tally()));
        }
        if (standing.untilStale().isZero()) return handOver(message, 0, sending.progressed());
        var back = min(standing.untilStale(), LONGEST_DELAY);
        enqueue(next(message, 0, sending.progressed()), back);
        return new LeftOpen(StopReason.BUSY, back);
    }

    /**
     * Settles the chunk and, if it was the last, its run. Done again where it was done before: a crash may have come before the
     * end of it.
     *
     * @return whether the run is complete; its chunks, which name people, are deleted then
     */
    private boolean complete(WorkMessage message, Tally tally) {
        ports.runs().settle(message.run(), message.chunk(), tally, time.now());
        var complete = ports.runs()
                .run(message.run())
                .filter(run -> run.status() == RunStatus.SETTLED)
                .isPresent();
        if (complete) ports.chunks().delete(message.run());
        return complete;
    }

    private Dispatched handOver(WorkMessage message, int nextRow, boolean progressed) {
        var next = next(message, nextRow, progressed);
        enqueue(next, Duration.ZERO);
        return new HandedOver(next.nextRow(), next.idleHops());
    }

    private static WorkMessage next(WorkMessage message, int nextRow, boolean progressed) {
        var idle = progressed ? 0 : message.idleHops() + 1;
        if (idle > IDLE_HOPS) throw new WorkException(Code.NO_PROGRESS, place(message));
        return new WorkMessage(message.run(), message.chunk(), nextRow, idle);
    }

    private void enqueue(WorkMessage message, Duration delay) {
        ports.work().enqueue(List.of(message), delay);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String place(WorkMessage message) {
        return "run " + message.run() + " chunk " + message.chunk();
    }
}
