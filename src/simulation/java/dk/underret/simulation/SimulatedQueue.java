package dk.underret.simulation;

import dk.underret.simulation.FaultPlan.Fault;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * A queue with its event source mapping. A message that is received and not deleted is received again after its visibility timeout.
 */
final class SimulatedQueue<M> {
    private static final Duration MAX_COPY_DELAY = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final FaultPlan plan;
    private final Duration visibility;
    private final Semaphore slots;
    private final Predicate<M> handler;
    private int messages;

    /**
     * Creates an empty queue.
     *
     * @param slots the number of concurrent invocations
     * @param handler processes a message, and returns whether to delete it
     */
    SimulatedQueue(Scheduler scheduler, FaultPlan plan, Duration visibility, int slots, Predicate<M> handler) {
        this.scheduler = scheduler;
        this.plan = plan;
        this.visibility = visibility;
        this.slots = new Semaphore(slots, true);
        this.handler = handler;
    }

    /** Puts a message on the queue, or twice if that fault occurs. */
    void put(M body, Duration delay) {
        add(body, delay);
        if (plan.occurs(Fault.DELIVERED_TWICE)) add(body, delay.plus(plan.durationUpTo(MAX_COPY_DELAY)));
    }

    /** Returns whether the queue has no messages, including those in flight. */
    boolean empty() {
        return messages == 0;
    }

    private void add(M body, Duration delay) {
        messages++;
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
            if (!handler.test(entry.body) || plan.occurs(Fault.UNACKNOWLEDGED) || entry.deleted) return;
            entry.deleted = true;
            messages--;
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
