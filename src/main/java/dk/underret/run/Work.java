package dk.underret.run;

import java.time.Duration;
import java.util.List;

/** The queue of chunks. */
public interface Work {
    /**
     * Puts messages on the queue; those that the queue refuses are sent again, only they.
     *
     * @param delay before they may be received: 0 to 15 minutes
     */
    void enqueue(List<WorkMessage> messages, Duration delay);
}
