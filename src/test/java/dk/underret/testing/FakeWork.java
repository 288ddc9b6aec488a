package dk.underret.testing;

import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A queue that keeps what it gets, in order. */
public final class FakeWork implements Work {
    private final List<WorkMessage> messages = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private int failAt = -1;

    /** Makes the n-th message from now (from 1) fail the call that holds it; those before it are on the queue. */
    public void failAtMessage(int n) {
        failAt = n;
    }

    @Override
    public synchronized void enqueue(List<WorkMessage> batch, Duration delay) {
        for (var message : batch) {
            if (failAt > 0 && --failAt == 0) throw new IllegalStateException("the queue is out of reach");
            messages.add(message);
            delays.add(delay);
        }
    }

    /** Everything that was ever put on the queue, in order. */
    public synchronized List<WorkMessage> messages() {
        return List.copyOf(messages);
    }

    /** The delay of each message, in the same order. */
    public synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }
}
