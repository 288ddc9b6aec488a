package dk.underret.run;

import java.time.Duration;
import java.util.List;

/** The queue of chunks. */
public interface Work {
    /**
     * Puts messages on the queue. Retries only the messages that the queue rejects.
     *
     * @param delay time before the messages can be received, 0 to 15 minutes
     */
    void enqueue(List<WorkMessage> messages, Duration delay);
}
