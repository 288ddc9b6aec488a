package dk.underret.testing;

import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A queue in memory that stores the messages in order. */
public final class FakeWork implements Work {
    private final List<WorkMessage> messages = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private int failAt = -1;

    /** Makes the call fail that enqueues the n-th message from now (from 1). The messages before it are enqueued. */
    public void failAtMessage(int n) {
        failAt = n;
    }

    @Override
    public synchronized void enqueue(List<WorkMessage> batch, Duration delay) {
        for (var message : batch) {
            if (failAt > 0 && --failAt == 0) throw new IllegalStateException("the queue is not available");
            messages.add(message);
            delays.add(delay);
        }
    }

    /** Returns all messages that were put on the queue, in order. */
    public synchronized List<WorkMessage> messages() {
        return List.copyOf(messages);
    }

    /** Returns the delay of each message, in the same order. */
    public synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }
}
