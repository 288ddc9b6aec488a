package dk.underret.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A function and its execution environments. It starts an environment when one is needed and replaces one that has died. */
final class Function {
    private final FunctionSpec spec;
    private final String classPath;
    private final Map<String, String> environment;
    private final Consumer<String> log;
    private final Runnable onStart;
    private final BlockingDeque<Slot> idle = new LinkedBlockingDeque<>();
    private final List<Slot> slots = new ArrayList<>();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong running = new AtomicLong();
    private final List<Consumer<String>> eventListeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private static final class Slot {
        private Instance instance;
    }

    /**
     * Creates a function and starts its warm instances.
     *
     * @param log receives each line that an instance prints
     * @param onStart called after each start of an instance
     */
    Function(
            FunctionSpec spec,
            String classPath,
            Map<String, String> environment,
            Consumer<String> log,
            Runnable onStart)
            throws IOException {
        this.spec = spec;
        this.classPath = classPath;
        this.environment = environment;
        this.log = log;
        this.onStart = onStart;
        for (int i = 0; i < spec.instances(); i++) {
            var slot = new Slot();
            slots.add(slot);
            if (i < spec.warm()) start(slot);
            idle.add(slot);
        }
    }

    FunctionSpec spec() {
        return spec;
    }

    /** Invokes the function as soon as an instance is free, and waits for the result. */
    Invocation invoke(byte[] event, TraceHeader trace) throws InterruptedException, IOException {
        if (!spec.mayLoop() && trace.hops(spec.name()) >= TraceHeader.LIMIT) return new Invocation.Stopped();
        var slot = idle.take();
        running.incrementAndGet();
        eventListeners.forEach(listener -> listener.accept(new String(event, StandardCharsets.UTF_8)));
        try {
            if (!isAlive(slot)) start(slot);
            return instance(slot).invoke(event, trace.through(spec.name()));
        } finally {
            running.decrementAndGet();
            completed.incrementAndGet();
            idle.addFirst(slot);
        }
    }

    /** Registers a listener that is called with each event before its invocation. */
    void onEvent(Consumer<String> listener) {
        eventListeners.add(listener);
    }

    /** Returns the number of invocations that have ended, failed ones included. */
    long completed() {
        return completed.get();
    }

    /** Returns the number of running invocations. */
    long running() {
        return running.get();
    }

    /** Returns the process ids of the live instances. */
    List<Long> pids() {
        synchronized (slots) {
            return slots.stream()
                    .filter(slot -> slot.instance != null && slot.instance.alive())
                    .map(slot -> slot.instance.pid())
                    .toList();
        }
    }

    /**
     * Kills an instance with SIGKILL.
     *
     * @return the last event that it received; empty if it received none or isn't an instance of this function
     */
    Optional<String> kill(long pid) {
        List<Instance> now;
        synchronized (slots) {
            now = slots.stream()
                    .map(slot -> slot.instance)
                    .filter(instance -> instance != null && instance.pid() == pid)
                    .toList();
        }
        for (var instance : now) instance.kill();
        return now.stream().flatMap(instance -> instance.lastEvent().stream()).findFirst();
    }

    /** Ends all instances. No instance starts afterwards. */
    void close() {
        synchronized (slots) {
            closed = true;
            for (var slot : slots) if (slot.instance != null) slot.instance.close();
        }
    }

    private boolean isAlive(Slot slot) {
        synchronized (slots) {
            return slot.instance != null && slot.instance.alive();
        }
    }

    private Instance instance(Slot slot) {
        synchronized (slots) {
            return slot.instance;
        }
    }

    private void start(Slot slot) throws IOException {
        synchronized (slots) {
            if (closed) throw new IOException("the function is closed");
            if (slot.instance != null) slot.instance.close();
            slot.instance = new Instance(spec, classPath, environment, log);
        }
        onStart.run();
    }
}
