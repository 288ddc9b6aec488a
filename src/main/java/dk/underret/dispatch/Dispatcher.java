package dk.underret.dispatch;

import dk.underret.dispatch.ChunkSender.ChunkResult;
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
 * Sends one chunk. For each row it renders the letter, waits for a permit of the rate limiter, claims the row, makes one POST and
 * settles.
 *
 * <pre>
 * message ─► run, chunk, frozen notice ─► rows ─┬─ all processed ─► tally ─┬─ none open ─► settled
 *                                               │                          └─ open ──────► back on the queue
 *                                               ├─ out of time ──────────────────────────► handed over
 *                                               ├─ rate-limited (max_per_hour) ──────────► back on the queue, delayed
 *                                               └─ sending is stopped ───────────────────► parked
 * </pre>
 *
 * Any number of dispatchers may work on the same chunk: the claim in the ledger decides which one sends a row. Safe for use by many
 * threads.
 */
public final class Dispatcher {
    /** Consecutive hand-overs without progress after which a message fails. */
    public static final int IDLE_HOPS = 5;

    /** The longest delay of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final DispatchPorts ports;
    private final DispatchLimits limits;
    private final TimeSource time;
    private final Notices notices;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final Map<NoticeId, HourlyRateLimiter> hourlyRateLimiters = new ConcurrentHashMap<>();

    /** Creates a dispatcher. Reuse it between messages: it keeps compiled letters, the hourly rate and the breaker's counts. */
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
     * Processes one message until its chunk is settled, time runs out, or sending is stopped. The caller deletes the message when
     * this returns, and has it redelivered when this throws.
     *
     * @param remaining time until the caller is stopped
     * @throws WorkException when the message cannot be processed
     */
    public Dispatched dispatch(WorkMessage message, Duration remaining) {
        var deadline = time.nanos() + remaining.minus(limits.reserve()).toNanos();
        var run = ports.runs()
                .run(message.run())
                .orElseThrow(() -> new WorkException(Code.RUN_GONE, "run " + message.run()));
        var record = ports.runs()
                .chunk(message.run(), message.chunk())
                .orElseThrow(() -> new WorkException(Code.NO_SUCH_CHUNK, location(message)));
        if (record.settledAt().isPresent()) {
            complete(message, record.tally());
            return new AlreadySettled();
        }
        ports.runs().touch(message.run(), message.chunk(), time.now());
        var chunk = chunk(message, record);
        var notice = new NoticeId(run.incident(), run.notice());
        var compiled = notices.of(notice, run);
        var hourlyRateLimiter =
                hourlyRateLimiters.computeIfAbsent(notice, id -> new HourlyRateLimiter(time, limits.senders()));
        var sender = new ChunkSender(ports, limits, time, chunk, compiled, breaker, hourlyRateLimiter, deadline);
        return switch (sender.from(message.nextRow())) {
            case ChunkResult.Done done -> finish(message, sender);
            case ChunkResult.OutOfTime result -> handOver(message, result.nextRow(), sender.progressed());
            case ChunkResult.RateLimited result -> {
                var delay = min(result.delay(), LONGEST_DELAY);
                enqueue(new WorkMessage(message.run(), message.chunk(), result.nextRow(), 0), delay);
                yield new LeftOpen(StopReason.HOURLY, delay);
            }
            case ChunkResult.Stopped result -> {
                ports.runs().park(message.run(), message.chunk(), time.now());
                yield new Parked(result.reason());
            }
        };
    }

    private Chunk chunk(WorkMessage message, ChunkRecord record) {
        if (message.nextRow() < 0 || message.nextRow() > record.rows())
            throw new WorkException(Code.NO_SUCH_CHUNK, location(message) + " row index " + message.nextRow());
        try {
            return ports.chunks()
                    .get(message.run(), message.chunk(), record.sha256())
                    .orElseThrow(() -> new WorkException(Code.CHUNK_GONE, location(message)));
        } catch (IllegalStateException e) {
            throw new WorkException(Code.CHUNK_ALTERED, location(message), e);
        }
    }

    private Dispatched finish(WorkMessage message, ChunkSender sender) {
        var progress = sender.progress();
        if (sender.unrendered().isPresent())
            throw new WorkException(
                    Code.ROW_NOT_RENDERED,
                    location(message) + " row " + sender.unrendered().getAsLong());
        if (progress.tally().settled()) {
            return new Settled(progress.tally(), complete(message, progress.tally()));
        }
        if (progress.untilStale().isZero()) return handOver(message, 0, sender.progressed());
        var delay = min(progress.untilStale(), LONGEST_DELAY);
        enqueue(next(message, 0, sender.progressed()), delay);
        return new LeftOpen(StopReason.BUSY, delay);
    }

    /**
     * Settles the chunk. When no chunk of the run is left, deletes the run's chunks, which contain personal data. Runs again for a
     * chunk that is already settled, because a crash may have interrupted it before the deletion.
     *
     * @return whether the run is complete
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
        var idleHops = progressed ? 0 : message.idleHops() + 1;
        if (idleHops > IDLE_HOPS) throw new WorkException(Code.NO_PROGRESS, location(message));
        return new WorkMessage(message.run(), message.chunk(), nextRow, idleHops);
    }

    private void enqueue(WorkMessage message, Duration delay) {
        ports.work().enqueue(List.of(message), delay);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static String location(WorkMessage message) {
        return "run " + message.run() + " chunk " + message.chunk();
    }
}
