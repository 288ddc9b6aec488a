package dk.underret.simulation;

import dk.underret.simulation.FaultPlan.Fault;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** A queue with its event source mapping: what is received and not deleted is received again when its visibility runs out. */
final class SimulatedQueue<M> {
    private static final Duration LONGEST_DELAY_OF_A_COPY = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final FaultPlan weather;
    private final Duration visibility;
    private final Semaphore slots;
    private final Predicate<M> handler;
    private int open;

    /**
     * With so many invocations at once.
     *
     * @param handler says whether the message is done with
     */
    SimulatedQueue(Scheduler scheduler, FaultPlan weather, Duration visibility, int slots, Predicate<M> handler) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.visibility = visibility;
        this.slots = new Semaphore(slots, true);
        this.handler = handler;
    }

    /** Puts a message on the queue, perhaps twice. */
    void put(M body, Duration delay) {
        add(body, delay);
        if (weather.strikes(Fault.TWICE)) add(body, delay.plus(weather.upTo(LONGEST_DELAY_OF_A_COPY)));
    }

    /** Whether there is no message on it, received or not. */
    boolean empty() {
        return open == 0;
    }

    private void add(M body, Duration delay) {
        open++;
        var entry = new Entry(body);
        scheduler.start(() -> {
            scheduler.sleep(delay);
            receive(entry);
        });
    }

    private void receive(Entry entry) {
        slots.acquireUninterruptibly();
        try {
            if (entry.deleted) return;
            scheduler.start(() -> {
                scheduler.sleep(visibility);
                if (!entry.deleted) receive(entry);
            });
            if (!handler.test(entry.body) || weather.strikes(Fault.UNACKNOWLEDGED) || entry.deleted) return;
            entry.deleted = true;
            open--;
        } finally {
            slots.release();
        }
    }

    private final class Entry {
        private final M body;
        private boolean deleted;

        Entry(M body) {
            this.body = body;
        }
    }
}
