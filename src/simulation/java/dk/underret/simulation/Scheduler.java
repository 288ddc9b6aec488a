package dk.underret.simulation;

import java.lang.Thread.State;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs virtual threads one at a time, on the thread that calls {@link #run}. The seed decides which thread continues next. The
 * scheduler also runs the virtual threads that its threads start, and controls their waits for locks and for each other, so the
 * code under test needs no change. Its clock advances only when no thread can continue.
 *
 * <p>The JDK can run virtual threads on any executor, but only its own tests may choose one. Hence the reflection and
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class Scheduler implements Executor {
    private static final Constructor<?> BUILDER = builder();

    /** The longest time that another simulation may hold a lock of the JDK or a library. */
    private static final long MAX_LOCK_NANOS = Duration.ofSeconds(30).toNanos();

    /** Threads that can continue. Concurrent, because a thread of the JDK wakes the next owner of a monitor. */
    private final Queue<Runnable> woken = new ConcurrentLinkedQueue<>();

    private final List<Runnable> ready = new ArrayList<>();
    private final Map<Runnable, Thread> threads = new IdentityHashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final SplittableRandom random;
    private long nanos;
    private long steps;
    private long timersSet;
    private boolean paused;

    Scheduler(SplittableRandom random) {
        this.random = random;
    }

    private static Constructor<?> builder() {
        try {
            var constructor = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK offers no scheduler for virtual threads", e);
        }
    }

    @Override
    public void execute(Runnable slice) {
        woken.add(slice);
    }

    /** Starts a thread. */
    void start(Runnable task) {
        try {
            ((Thread.Builder.OfVirtual) BUILDER.newInstance(this)).start(task);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs until no thread can continue and no timer is set.
     *
     * @throws AssertionError if that takes more than {@code maxSteps} steps
     */
    void run(long maxSteps) {
        while (true) {
            for (var slice = woken.poll(); slice != null; slice = woken.poll()) ready.add(slice);
            if (ready.isEmpty()) {
                if (timers.isEmpty()) return;
                fire(timers.poll());
            } else {
                if (++steps > maxSteps) throw new AssertionError("not finished after " + maxSteps + " steps");
                runUntilPause(next());
            }
        }
    }

    /**
     * Runs a thread until it pauses, waits or ends. If another simulation holds a lock that the thread needs, spins until the lock
     * is free: other simulations must not affect the order of a seed's steps.
     */
    private void runUntilPause(Runnable slice) {
        paused = false;
        slice.run();
        var thread = threads.computeIfAbsent(slice, Scheduler::thread);
        var since = System.nanoTime();
        while (!paused && (thread.getState() == State.BLOCKED || thread.getState() == State.RUNNABLE)) {
            if (woken.remove(slice)) slice.run();
            else if (System.nanoTime() - since > MAX_LOCK_NANOS)
                throw new AssertionError("a thread waits at a port while it holds a lock that another thread needs");
            else Thread.onSpinWait();
        }
        if (thread.getState() == State.TERMINATED) threads.remove(slice);
    }

    /** Returns the thread of a slice, which is the only value that the slice captures. */
    private static Thread thread(Runnable slice) {
        try {
            var field = slice.getClass().getDeclaredFields()[0];
            field.setAccessible(true);
            return (Thread) field.get(slice);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK implements virtual threads in another way", e);
        }
    }

    private Runnable next() {
        var index = ready.size() == 1 ? 0 : random.nextInt(ready.size());
        var last = ready.removeLast();
        return index == ready.size() ? last : ready.set(index, last);
    }

    private void fire(Timer timer) {
        nanos = Math.max(nanos, timer.at);
        timer.fired = true;
        LockSupport.unpark(timer.sleeper);
    }

    /** Yields to the other threads. */
    void pause() {
        paused = true;
        Thread.yield();
        paused = false;
    }

    /** Returns the simulated time, in nanoseconds since the start. */
    long nanos() {
        return nanos;
    }

    /** Returns the number of slices that were run. */
    long steps() {
        return steps;
    }

    /** Blocks the calling thread for this length of simulated time. */
    void sleep(Duration length) {
        if (!length.isPositive()) return;
        var timer = new Timer(nanos + length.toNanos(), timersSet++, Thread.currentThread());
        timers.add(timer);
        while (!timer.fired) LockSupport.park(this);
    }

    private static final class Timer implements Comparable<Timer> {
        private final long at;
        private final long number;
        private final Thread sleeper;
        private boolean fired;

        Timer(long at, long number, Thread sleeper) {
            this.at = at;
            this.number = number;
            this.sleeper = sleeper;
        }

        @Override
        public int compareTo(Timer other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }
}
