package dk.underret.dispatch;

import dk.underret.dispatch.RowSender.RowResult;
import dk.underret.incident.Hold;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.incident.NoticeId;
import dk.underret.run.Chunk;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends one chunk within one invocation. Takes rows from a queue, on as many virtual threads as SES's rate needs. */
final class ChunkSender {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    private final ChunkRows rows;
    private final RowSender sender;
    private final SendQuota quota;
    private final SendGate gate;
    private final NoticeId notice;
    private final CircuitBreaker breaker;
    private final HourlyRateLimiter hourlyRateLimiter;
    private final DispatchLimits limits;
    private final TimeSource time;
    private final long deadline;

    /** In the chunk's order. A row that is retried goes to the end, so that it does not delay the others. */
    private final Queue<RowJob> jobs = new ConcurrentLinkedQueue<>();

    /** Why no new claim is made; null while claims are allowed. */
    private final AtomicReference<StopReason> stopped = new AtomicReference<>();

    /** Why the circuit breaker tripped on this sender's own POSTs; null while it has not. */
    private final AtomicReference<StopReason> tripped = new AtomicReference<>();

    /** Whether SES accepted the probe's row, or refused it for the recipient alone; null before the row was sent. */
    private final AtomicReference<Boolean> probeSucceeded = new AtomicReference<>();

    /** Time until the next permit under {@code max_per_hour}; null while permits are near. */
    private final AtomicReference<Duration> nextPermitIn = new AtomicReference<>();

    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final AtomicBoolean progressed = new AtomicBoolean();
    private final AtomicLong unrendered = new AtomicLong();

    /** @param deadline time of {@link TimeSource#nanos} after which no row is claimed */
    ChunkSender(
            DispatchPorts ports,
            DispatchLimits limits,
            TimeSource time,
            Chunk chunk,
            CompiledNotice compiled,
            CircuitBreaker breaker,
            HourlyRateLimiter hourlyRateLimiter,
            long deadline) {
        this.notice = compiled.frozen().notice();
        this.breaker = breaker;
        this.hourlyRateLimiter = hourlyRateLimiter;
        this.gate = new SendGate(ports.incidents(), notice, new Hold.Probe(chunk.run(), chunk.number()), time);
        this.rows = new ChunkRows(ports.ledger(), chunk, compiled.frozen(), limits.staleAfter(), time);
        this.quota = new SendQuota(ports.accounts(), limits.senders(), time);
        this.sender = new RowSender(
                ports.ledger(), ports.mailer(), chunk.run(), compiled, quota.rateLimiter(), this::onOutcome, time);
        this.limits = limits;
        this.time = time;
        this.deadline = deadline;
    }

    /**
     * Processes the rows from an index on. When it returns, no claimed row is in flight.
     *
     * @param index of the first row, from 0
     */
    ChunkResult from(int index) {
        var start = rows.from(index);
        if (start.staleSettled()) progressed.set(true);
        var probing = gate.probing();
        jobs.addAll(probing.isPresent() ? freshFirst(start.jobs()) : start.jobs());
        gate.maxPerHour().ifPresent(max -> start.lastClaim().ifPresent(at -> hourlyRateLimiter.recordSent(at, max)));
        refusal().ifPresent(stopped::set);
        run(probing.isPresent() ? 1 : limits.inFlightAt(quota.perSecond()));
        updateGate(probing);
        if (failed.get() instanceof RuntimeException e) throw e;
        if (failed.get() instanceof Error e) throw e;
        var nextRow = jobs.stream().mapToInt(RowJob::index).min();
        if (nextRow.isEmpty()) return new ChunkResult.Done();
        var reason = stopped.get();
        if (reason != null) return new ChunkResult.Stopped(reason);
        var wait = nextPermitIn.get();
        return wait == null
                ? new ChunkResult.OutOfTime(nextRow.getAsInt())
                : new ChunkResult.RateLimited(nextRow.getAsInt(), wait);
    }

    /** Moves rows that were never tried to the front: a probe needs one, because SES may refuse a tried row every time. */
    private static List<RowJob> freshFirst(List<RowJob> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparing(
                        job -> job instanceof RowJob.Send send && send.seen().isPresent()))
                .toList();
    }

    private Optional<StopReason> refusal() {
        return gate.refusal().or(quota::refusal);
    }

    /** Notes what an outcome means for the other rows. {@link #updateGate} applies it once no letter is in flight. */
    private void onOutcome(Outcome outcome) {
        if (gate.probing().isPresent()) {
            var refused = outcome instanceof Outcome.Refused r && r.scope() == Outcome.Refused.Scope.RECIPIENT;
            probeSucceeded.set(refused || outcome instanceof Outcome.Accepted);
            stopped.compareAndSet(null, StopReason.HOLD);
            return;
        }
        breaker.record(notice, outcome).ifPresent(reason -> {
            tripped.compareAndSet(null, reason);
            stopped.compareAndSet(null, reason);
        });
    }

    private void updateGate(Optional<Hold> probing) {
        var succeeded = probeSucceeded.get();
        if (probing.isPresent() && succeeded != null) gate.probed(probing.get(), succeeded);
        var reason = tripped.get() == null ? stopped.get() : tripped.get();
        if (reason == null) return;
        switch (reason) {
            case QUOTA -> gate.hold(HoldReason.QUOTA);
            case ACCOUNT -> gate.hold(HoldReason.ACCOUNT);
            case DOUBT -> gate.hold(HoldReason.DOUBT);
            case PAUSED -> {
                if (tripped.get() == StopReason.PAUSED) gate.pause();
            }
            case HOLD, NOT_APPROVED, NOT_YET, HOURLY, BUSY -> {
                // Stored in the incident facts already, or not a reason to stop other chunks.
            }
        }
    }

    /** Whether at least one row advanced: a row was settled, or a stale claim became UNKNOWN. */
    boolean progressed() {
        return progressed.get();
    }

    /** Returns the number of the first row whose letter could not be rendered. */
    OptionalLong unrendered() {
        return unrendered.get() == 0 ? OptionalLong.empty() : OptionalLong.of(unrendered.get());
    }

    /** Returns the progress of the whole chunk, from one consistent read. */
    ChunkProgress progress() {
        return rows.progress();
    }

    private void run(int maxThreads) {
        var threads = Math.min(jobs.size(), maxThreads);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) executor.execute(this::runJobs);
        }
    }

    /** Runs jobs until none is left. Any exception or Error stops the other threads after their letters in flight, and is rethrown. */
    @SuppressWarnings("Interruption")
    private void runJobs() {
        try {
            for (var job = poll(); job != null; job = poll()) run(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.compareAndSet(null, new IllegalStateException("interrupted", e));
        } catch (Throwable e) {
            failed.compareAndSet(null, e);
        }
    }

    private @Nullable RowJob poll() {
        return mayNotClaim() || nextPermitIn.get() != null ? null : jobs.poll();
    }

    /** Checks gate and quota again. Ignores {@code nextPermitIn}: a thread that holds a permit uses it, or it would be lost. */
    private boolean mayNotClaim() {
        if (isStopped()) return true;
        refusal().ifPresent(reason -> stopped.compareAndSet(null, reason));
        return isStopped();
    }

    private boolean isStopped() {
        return failed.get() != null || stopped.get() != null || time.nanos() >= deadline;
    }

    /** Waits for the row's permit under {@code max_per_hour}; false when it is too far away. */
    private boolean acquireHourlyPermit(RowJob job) throws InterruptedException {
        var max = gate.maxPerHour();
        if (max.isEmpty() || !(job instanceof RowJob.Send)) return true;
        var wait = hourlyRateLimiter.acquire(max.get(), deadline);
        wait.ifPresent(length -> nextPermitIn.compareAndSet(null, length));
        return wait.isEmpty();
    }

    private void run(RowJob job) throws InterruptedException {
        if (!acquireHourlyPermit(job)) {
            jobs.add(job);
            return;
        }
        switch (sender.run(job, this::mayNotClaim)) {
            case RowResult.Done done -> progressed.set(true);
            case RowResult.ClaimStale stale -> progressed.set(true);
            case RowResult.NotRendered not ->
                unrendered.compareAndSet(0, job.row().row());
            case RowResult.NotClaimed not -> jobs.add(job);
            case RowResult.ClaimTaken taken -> addFollowUp(rows.jobs(job.index(), taken.record()));
            case RowResult.Stop stop -> {
                jobs.add(stop.job());
                stopped.compareAndSet(null, stop.reason());
            }
            case RowResult.Retry retry -> {
                pause(retry.job().deferrals());
                jobs.add(retry.job());
            }
        }
    }

    private void addFollowUp(Collection<RowJob> followUp) {
        if (followUp.isEmpty()) progressed.set(true);
        jobs.addAll(followUp);
    }

    /** Sleeps before a row is queued for its next attempt: 250 ms, doubled with each deferral up to 16 s, and not past the deadline. */
    private void pause(int deferrals) throws InterruptedException {
        if (deferrals == 0) return;
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(deferrals - 1, 10));
        var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        var left = Duration.ofNanos(Math.max(0, deadline - time.nanos()));
        time.sleep(pause.compareTo(left) < 0 ? pause : left);
    }

    /** The result of one invocation's work on the chunk. */
    sealed interface ChunkResult {
        /** Every row was processed. */
        record Done() implements ChunkResult {}

        /**
         * The deadline passed.
         *
         * @param nextRow index of the first row left, from 0
         */
        record OutOfTime(int nextRow) implements ChunkResult {}

        /**
         * The next permit under {@code max_per_hour} is too far away to wait for.
         *
         * @param nextRow index of the first row left, from 0
         * @param delay time until that permit
         */
        record RateLimited(int nextRow, Duration delay) implements ChunkResult {}

        /** The gate, the quota or the circuit breaker allows no more letters of this chunk. */
        record Stopped(StopReason reason) implements ChunkResult {}
    }
}
