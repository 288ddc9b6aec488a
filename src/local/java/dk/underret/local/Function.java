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

/** A function with its execution environments: as many as it may have, each started when it is needed, a dead one replaced. */
final class Function {
    private final FunctionSpec spec;
    private final String classPath;
    private final Map<String, String> environment;
    private final Consumer<String> log;
    private final Runnable changed;
    private final BlockingDeque<Slot> idle = new LinkedBlockingDeque<>();
    private final List<Slot> slots = new ArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong running = new AtomicLong();
    private final List<Consumer<String>> events = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private static final class Slot {
        private Instance instance;
    }

    /**
     * A function; its warm instances are started at once.
     *
     * @param log told each line that an instance prints
     * @param changed called after each start of a child
     */
    Function(
            FunctionSpec spec,
            String classPath,
            Map<String, String> environment,
            Consumer<String> log,
            Runnable changed)
            throws IOException {
        this.spec = spec;
        this.classPath = classPath;
        this.environment = environment;
        this.log = log;
        this.changed = changed;
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

    /** Invokes it as soon as an instance is free. */
    Invocation invoke(byte[] event, TraceHeader trace) throws InterruptedException, IOException {
        if (!spec.mayLoop() && trace.hops(spec.name()) >= TraceHeader.LIMIT) return new Invocation.Stopped();
        var slot = idle.take();
        running.incrementAndGet();
        events.forEach(watcher -> watcher.accept(new String(event, StandardCharsets.UTF_8)));
        try {
            if (!running(slot)) start(slot);
            return instance(slot).invoke(event, trace.through(spec.name()));
        } finally {
            running.decrementAndGet();
            done.incrementAndGet();
            idle.addFirst(slot);
        }
    }

    /** Tells of each event before it is handed over. */
    void onEvent(Consumer<String> watcher) {
        events.add(watcher);
    }

    /** Invocations that ended, however. */
    long done() {
        return done.get();
    }

    /** Invocations under way. */
    long running() {
        return running.get();
    }

    /** The process ids of the children that live. */
    List<Long> pids() {
        synchronized (slots) {
            return slots.stream()
                    .filter(slot -> slot.instance != null && slot.instance.alive())
                    .map(slot -> slot.instance.pid())
                    .toList();
        }
    }

    /**
     * Ends one child as SIGKILL does.
     *
     * @return the event that it was given last; empty where it had none, or is no child of this function
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

    /** Ends all children, for good. */
    void end() {
        synchronized (slots) {
            closed = true;
            for (var slot : slots) if (slot.instance != null) slot.instance.end();
        }
    }

    private boolean running(Slot slot) {
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
            if (slot.instance != null) slot.instance.end();
            slot.instance = new Instance(spec, classPath, environment, log);
        }
        changed.run();
    }
}
