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
 * Runs virtual threads one at a time, on the thread that calls {@link #run}: whoever may go on next is drawn from the seed. A
 * virtual thread that is started by one of its threads is its own too, and so are waits for locks and for threads to end, so the
 * code under test needs to know nothing of it. Its clock stands still while anybody can go on.
 *
 * <p>The JDK has virtual threads take any executor as their scheduler, but offers it to its own tests only: hence the reflection,
 * and {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class Scheduler implements Executor {
    private static final Constructor<?> BUILDER = builder();

    /** How long another simulation may keep a lock of the JDK or a library. */
    private static final long LONGEST_LOCK = Duration.ofSeconds(30).toNanos();

    /** Filled by whoever wakes a thread: a monitor's next owner is woken by a thread of the JDK. */
    private final Queue<Runnable> woken = new ConcurrentLinkedQueue<>();

    private final List<Runnable> ready = new ArrayList<>();
    private final Map<Runnable, Thread> threads = new IdentityHashMap<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final SplittableRandom random;
    private long nanos;
    private long steps;
    private long alarmsSet;
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
            throw new IllegalStateException("this JDK has no virtual threads on an own scheduler", e);
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
     * Runs all threads until none is left that can go on or will wake.
     *
     * @throws AssertionError when that takes more steps than this
     */
    void run(long mostSteps) {
        while (true) {
            for (var slice = woken.poll(); slice != null; slice = woken.poll()) ready.add(slice);
            if (ready.isEmpty()) {
                if (alarms.isEmpty()) return;
                ring(alarms.poll());
            } else {
                if (++steps > mostSteps) throw new AssertionError("no rest after " + mostSteps + " steps");
                runToAPoint(next());
            }
        }
    }

    /**
     * Runs a thread until it lets others go first, waits or ends. Where it meets a lock that another simulation has, it goes on as if
     * it had not: nothing of a seed may hang on what else the machine does.
     */
    private void runToAPoint(Runnable slice) {
        paused = false;
        slice.run();
        var thread = threads.computeIfAbsent(slice, Scheduler::thread);
        var since = System.nanoTime();
        while (!paused && (thread.getState() == State.BLOCKED || thread.getState() == State.RUNNABLE)) {
            if (woken.remove(slice)) slice.run();
            else if (System.nanoTime() - since > LONGEST_LOCK)
                throw new AssertionError("a thread waits at a port and keeps a lock that another one needs");
            else Thread.onSpinWait();
        }
        if (thread.getState() == State.TERMINATED) threads.remove(slice);
    }

    /** The thread that a slice is of: the one thing that it captures. */
    private static Thread thread(Runnable slice) {
        try {
            var field = slice.getClass().getDeclaredFields()[0];
            field.setAccessible(true);
            return (Thread) field.get(slice);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK's virtual threads are made otherwise", e);
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
        paused = true;
        Thread.yield();
        paused = false;
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
