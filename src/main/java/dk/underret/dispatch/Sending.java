package dk.underret.dispatch;

import dk.underret.dispatch.Dispatched.Reason;
import dk.underret.dispatch.Dispatcher.Limits;
import dk.underret.dispatch.Dispatcher.Ports;
import dk.underret.dispatch.RowSender.Next;
import dk.underret.dispatch.Rows.Job;
import dk.underret.intake.Chunk;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One invocation's work on one chunk: rows from a queue, on as many virtual threads as SES's rate needs. */
final class Sending {
    /** A letter takes SES a few tenths of a second: half a second's worth of letters in flight keeps the rate. */
    private static final double SECONDS_IN_FLIGHT = 0.5;

    private static final int FEWEST = 2;
    private static final int MOST = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    private final Rows rows;
    private final RowSender sender;
    private final Allowance allowance;
    private final Time time;
    private final long deadline;

    /** In the chunk's order; a row to be tried again goes to the end, so that none keeps the others waiting. */
    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();

    private final AtomicReference<Reason> stopped = new AtomicReference<>();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final AtomicBoolean progressed = new AtomicBoolean();
    private final AtomicLong unrendered = new AtomicLong();

    Sending(Ports ports, Limits limits, Time time, Chunk chunk, NoticeLetters letters, long deadline) {
        this.rows = new Rows(ports.ledger(), chunk, letters.frozen(), limits.staleAfter(), time);
        this.allowance = new Allowance(ports.accounts(), limits.senders(), time);
        this.sender = new RowSender(ports.ledger(), ports.mailer(), chunk.run(), letters, allowance.pace(), time);
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
        jobs.addAll(start.jobs());
        allowance.refusal().ifPresent(stopped::set);
        work();
        if (failed.get() instanceof RuntimeException e) throw e;
        if (failed.get() instanceof Error e) throw e;
        var left = jobs.stream().mapToInt(Job::index).min();
        if (left.isEmpty()) return new End.Done();
        var reason = stopped.get();
        return reason == null ? new End.TimeIsShort(left.getAsInt()) : new End.MayNotSend(reason, left.getAsInt());
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
    Rows.Standing standing() {
        return rows.standing();
    }

    private void work() {
        var threads = Math.min(jobs.size(), threads(allowance.perSecond()));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) executor.execute(this::workOn);
        }
    }

    private static int threads(double perSecond) {
        return (int) Math.clamp(Math.ceil(perSecond * SECONDS_IN_FLIGHT), FEWEST, MOST);
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

    private @Nullable Job take() {
        if (over()) return null;
        allowance.refusal().ifPresent(reason -> stopped.compareAndSet(null, reason));
        return over() ? null : jobs.poll();
    }

    private boolean over() {
        return failed.get() != null || stopped.get() != null || time.nanos() >= deadline;
    }

    private void actOn(Job job) throws InterruptedException {
        switch (sender.act(job, this::over)) {
            case Next.Ended ended -> progressed.set(true);
            case Next.Doubted doubted -> progressed.set(true);
            case Next.NotRendered not -> unrendered.compareAndSet(0, job.row().row());
            case Next.Untouched untouched -> jobs.add(job);
            case Next.Found found -> found(rows.jobs(job.index(), found.standing()));
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

    private void found(Collection<Job> again) {
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
         * SES lets nobody send.
         *
         * @param nextRow index of the first row left
         */
        record MayNotSend(Reason reason, int nextRow) implements End {}
    }
}
