package dk.underret.dispatch;

import dk.underret.dispatch.RowSender.Next;
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

/** One invocation's work on one chunk: rows from a queue, on as many virtual threads as SES's rate needs. */
final class ChunkSender {
    /** A letter takes SES a few tenths of a second: half a second's worth of letters in flight keeps the rate. */
    private static final double SECONDS_IN_FLIGHT = 0.5;

    private static final int FEWEST = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    private final ChunkRows rows;
    private final RowSender sender;
    private final SendQuota allowance;
    private final SendGate brakes;
    private final NoticeId notice;
    private final CircuitBreaker trend;
    private final HourlyRateLimiter hourly;
    private final DispatchLimits limits;
    private final TimeSource time;
    private final long deadline;

    /** In the chunk's order; a row to be tried again goes to the end, so that none keeps the others waiting. */
    private final Queue<RowJob> jobs = new ConcurrentLinkedQueue<>();

    /** Why no new claim is made. */
    private final AtomicReference<StopReason> stopped = new AtomicReference<>();

    /** The brake that this sender's own POSTs call for. */
    private final AtomicReference<StopReason> pull = new AtomicReference<>();

    /** Whether SES took the row of a probe; null before it was tried. */
    private final AtomicReference<Boolean> probed = new AtomicReference<>();

    /** How far away the next turn under {@code max_per_hour} is; null while turns are near. */
    private final AtomicReference<Duration> turnIn = new AtomicReference<>();

    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final AtomicBoolean progressed = new AtomicBoolean();
    private final AtomicLong unrendered = new AtomicLong();

    ChunkSender(
            DispatchPorts ports,
            DispatchLimits limits,
            TimeSource time,
            Chunk chunk,
            CompiledNotice compiled,
            CircuitBreaker trend,
            HourlyRateLimiter hourly,
            long deadline) {
        this.notice = compiled.frozen().notice();
        this.trend = trend;
        this.hourly = hourly;
        this.brakes = new SendGate(ports.incidents(), notice, new Hold.Probe(chunk.run(), chunk.number()), time);
        this.rows = new ChunkRows(ports.ledger(), chunk, compiled.frozen(), limits.staleAfter(), time);
        this.allowance = new SendQuota(ports.accounts(), limits.senders(), time);
        this.sender =
                new RowSender(ports.ledger(), ports.mailer(), chunk.run(), compiled, allowance.pace(), this::saw, time);
        this.limits = limits;
        this.time = time;
        this.deadline = deadline;
    }

    /**
     * Acts on the rows from an index on.
     *
     * @return how it ended; no claimed row is in flight
     */
    End from(int index) {
        var start = rows.from(index);
        if (start.staleSettled()) progressed.set(true);
        var probing = brakes.probing();
        jobs.addAll(probing.isPresent() ? freshFirst(start.jobs()) : start.jobs());
        brakes.maxPerHour().ifPresent(most -> start.lastClaim().ifPresent(at -> hourly.after(at, most)));
        refusal().ifPresent(stopped::set);
        work(probing.isPresent() ? 1 : Math.min(limits.inFlight(), threads(allowance.perSecond())));
        brake(probing);
        if (failed.get() instanceof RuntimeException e) throw e;
        if (failed.get() instanceof Error e) throw e;
        var left = jobs.stream().mapToInt(RowJob::index).min();
        if (left.isEmpty()) return new End.Done();
        var reason = stopped.get();
        if (reason != null) return new End.MayNotSend(reason);
        var turn = turnIn.get();
        return turn == null ? new End.TimeIsShort(left.getAsInt()) : new End.Paced(left.getAsInt(), turn);
    }

    /** The row of a probe is one that wasn't tried before: another may be refused for its own sake, again and again. */
    private static List<RowJob> freshFirst(List<RowJob> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparing(
                        job -> job instanceof RowJob.Send send && send.seen().isPresent()))
                .toList();
    }

    private Optional<StopReason> refusal() {
        return brakes.refusal().or(allowance::refusal);
    }

    /** What an outcome says beyond its own row: the brakes are pulled when all letters in flight have landed. */
    private void saw(Outcome outcome) {
        if (brakes.probing().isPresent()) {
            var refused = outcome instanceof Outcome.Refused r && r.scope() == Outcome.Refused.Scope.RECIPIENT;
            probed.set(refused || outcome instanceof Outcome.Accepted);
            stopped.compareAndSet(null, StopReason.HOLD);
            return;
        }
        trend.saw(notice, outcome).ifPresent(reason -> {
            pull.compareAndSet(null, reason);
            stopped.compareAndSet(null, reason);
        });
    }

    private void brake(Optional<Hold> probing) {
        var taken = probed.get();
        if (probing.isPresent() && taken != null) brakes.probed(probing.get(), taken);
        var reason = pull.get() == null ? stopped.get() : pull.get();
        if (reason == null) return;
        switch (reason) {
            case QUOTA -> brakes.hold(HoldReason.QUOTA);
            case ACCOUNT -> brakes.hold(HoldReason.ACCOUNT);
            case DOUBT -> brakes.hold(HoldReason.DOUBT);
            case PAUSED -> {
                if (pull.get() == StopReason.PAUSED) brakes.pause();
            }
            case HOLD, NOT_YET, HOURLY, BUSY -> {
                // Pulled by somebody else, or no brake.
            }
        }
    }

    /** Whether any row came nearer to its end. */
    boolean progressed() {
        return progressed.get();
    }

    /** The first row found whose letter could not be made. */
    OptionalLong unrendered() {
        return unrendered.get() == 0 ? OptionalLong.empty() : OptionalLong.of(unrendered.get());
    }

    /** Where the whole chunk stands, from one consistent pass. */
    ChunkProgress standing() {
        return rows.standing();
    }

    private void work(int most) {
        var threads = Math.min(jobs.size(), most);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) executor.execute(this::workOn);
        }
    }

    private static int threads(double perSecond) {
        return (int) Math.clamp(Math.ceil(perSecond * SECONDS_IN_FLIGHT), FEWEST, DispatchLimits.MOST_IN_FLIGHT);
    }

    /** Whatever is thrown here, an Error too, ends the other threads after their letters in flight and is thrown on. */
    @SuppressWarnings("Interruption")
    private void workOn() {
        try {
            for (var job = take(); job != null; job = take()) actOn(job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.compareAndSet(null, new IllegalStateException("interrupted", e));
        } catch (Throwable e) {
            failed.compareAndSet(null, e);
        }
    }

    private @Nullable RowJob take() {
        return mayNotClaim() || turnIn.get() != null ? null : jobs.poll();
    }

    /** Looks at the brakes again. That the next turn is far away stops nobody who has taken one: it would be lost. */
    private boolean mayNotClaim() {
        if (over()) return true;
        refusal().ifPresent(reason -> stopped.compareAndSet(null, reason));
        return over();
    }

    private boolean over() {
        return failed.get() != null || stopped.get() != null || time.nanos() >= deadline;
    }

    /** Waits for the row's turn under {@code max_per_hour}; false when it is far away. */
    private boolean turn(RowJob job) throws InterruptedException {
        var most = brakes.maxPerHour();
        if (most.isEmpty() || !(job instanceof RowJob.Send)) return true;
        var away = hourly.take(most.get(), deadline);
        away.ifPresent(length -> turnIn.compareAndSet(null, length));
        return away.isEmpty();
    }

    private void actOn(RowJob job) throws InterruptedException {
        if (!turn(job)) {
            jobs.add(job);
            return;
        }
        switch (sender.act(job, this::mayNotClaim)) {
            case Next.Ended ended -> progressed.set(true);
            case Next.Doubted doubted -> progressed.set(true);
            case Next.NotRendered not -> unrendered.compareAndSet(0, job.row().row());
            case Next.Untouched untouched -> jobs.add(job);
            case Next.Found found -> found(rows.jobs(job.index(), found.record()));
            case Next.Stop stop -> {
                jobs.add(stop.job());
                stopped.compareAndSet(null, stop.reason());
            }
            case Next.Again again -> {
                pause(again.job().deferrals());
                jobs.add(again.job());
            }
        }
    }

    private void found(Collection<RowJob> again) {
        if (again.isEmpty()) progressed.set(true);
        jobs.addAll(again);
    }

    /** Doubles from row to row's next try; cut short by the deadline. */
    private void pause(int deferrals) throws InterruptedException {
        if (deferrals == 0) return;
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(deferrals - 1, 10));
        var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        var left = Duration.ofNanos(Math.max(0, deadline - time.nanos()));
        time.sleep(pause.compareTo(left) < 0 ? pause : left);
    }

    /** How it ended. */
    sealed interface End {
        /** Every row was acted on. */
        record Done() implements End {}

        /**
         * Time ran short.
         *
         * @param nextRow index of the first row left
         */
        record TimeIsShort(int nextRow) implements End {}

        /**
         * The next row's turn under {@code max_per_hour} is far away.
         *
         * @param nextRow index of the first row left
         * @param turnIn how far
         */
        record Paced(int nextRow, Duration turnIn) implements End {}

        /** A brake is on. */
        record MayNotSend(StopReason reason) implements End {}
    }
}
