package dk.underret.simulation;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs virtual threads one at a time, on the thread that calls {@link #run}: whoever may go on next is drawn from the seed. A
 * virtual thread that is started by one of its threads is its own too, and so are waits for locks and for threads to end, so the
 * code under test needs to know nothing of it. Its clock stands still while anybody can go on.
 *
 * <p>The JDK has virtual threads take any executor as their scheduler, but offers it to its own tests only: hence the reflection,
 * and {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class Scheduler implements Executor {
    private static final Constructor<?> BUILDER = builder();

    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final SplittableRandom random;
    private long nanos;
    private long steps;
    private long alarmsSet;

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
            throw new IllegalStateException("this JDK has no virtual threads on an own scheduler", e);
        }
    }

    @Override
    public void execute(Runnable slice) {
        ready.add(slice);
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
     * Runs all threads until none is left that can go on or will wake.
     *
     * @throws AssertionError when that takes more steps than this
     */
    void run(long mostSteps) {
        while (true) {
            if (ready.isEmpty()) {
                if (alarms.isEmpty()) return;
                ring(alarms.poll());
            } else {
                if (++steps > mostSteps) throw new AssertionError("no rest after " + mostSteps + " steps");
                next().run();
            }
        }
    }

    private Runnable next() {
        var index = ready.size() == 1 ? 0 : random.nextInt(ready.size());
        var last = ready.removeLast();
        return index == ready.size() ? last : ready.set(index, last);
    }

    private void ring(Alarm alarm) {
        nanos = Math.max(nanos, alarm.at);
        alarm.rung = true;
        LockSupport.unpark(alarm.sleeper);
    }

    /** Lets others go first, perhaps. */
    void pause() {
        Thread.yield();
    }

    /** Nanoseconds since the start. */
    long nanos() {
        return nanos;
    }

    /** How many slices were run. */
    long steps() {
        return steps;
    }

    /** Lets this long pass for the calling thread. */
    void sleep(Duration length) {
        if (!length.isPositive()) return;
        var alarm = new Alarm(nanos + length.toNanos(), alarmsSet++, Thread.currentThread());
        alarms.add(alarm);
        while (!alarm.rung) LockSupport.park(this);
    }

    private static final class Alarm implements Comparable<Alarm> {
        private final long at;
        private final long number;
        private final Thread sleeper;
        private boolean rung;

        Alarm(long at, long number, Thread sleeper) {
            this.at = at;
            this.number = number;
            this.sleeper = sleeper;
        }

        @Override
        public int compareTo(Alarm other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }
}
