package dk.underret.local;

import java.time.Duration;

/**
 * The configuration of a function, as in the template.
 *
 * @param handler name of the handler's class
 * @param trigger source of its events
 * @param instances maximum number of concurrent instances
 * @param warm number of instances started before the first event
 * @param memory memory in megabytes
 * @param timeout longest duration of an invocation
 * @param mayLoop whether loop detection is off ({@code RecursiveLoop: Allow})
 */
public record FunctionSpec(
        String handler, Trigger trigger, int instances, int warm, int memory, Duration timeout, boolean mayLoop) {
    /** The source of a function's events. */
    public enum Trigger {
        /** Objects written to the uploads bucket, one per invocation. */
        UPLOADS,
        /** The dispatch queue, one message per invocation. */
        DISPATCH_QUEUE,
        /** The feedback queue, up to ten messages per invocation. */
        FEEDBACK_QUEUE,
        /** A fixed interval. */
        SCHEDULE
    }

    /** Returns a copy with another number of instances. */
    FunctionSpec instances(int others) {
        return new FunctionSpec(handler, trigger, others, warm, memory, timeout, mayLoop);
    }

    /** Returns the simple name of the handler's class, which names the function in {@code local.json}. */
    public String name() {
        return handler.substring(handler.lastIndexOf('.') + 1);
    }
}
