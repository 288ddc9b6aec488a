package dk.underret.local;

import java.time.Duration;

/**
 * A function as the template has it.
 *
 * @param handler the handler's class
 * @param trigger what invokes it
 * @param instances how many may run at once
 * @param warm how many are started before the first event
 * @param memory megabytes
 * @param timeout of one invocation
 * @param mayLoop {@code RecursiveLoop: Allow}
 */
public record FunctionSpec(
        String handler, Trigger trigger, int instances, int warm, int memory, Duration timeout, boolean mayLoop) {
    /** What invokes a function. */
    public enum Trigger {
        /** Every object that is written to the uploads bucket. */
        UPLOADS,
        /** The queue of chunks, one message each. */
        DISPATCH_QUEUE,
        /** The queue of SES's events, up to ten each. */
        FEEDBACK_QUEUE,
        /** The clock. */
        SCHEDULE
    }

    /** The same with so many at once. */
    FunctionSpec instances(int others) {
        return new FunctionSpec(handler, trigger, others, warm, memory, timeout, mayLoop);
    }

    /** The class's simple name: how a function is called in {@code local.json}. */
    public String name() {
        return handler.substring(handler.lastIndexOf('.') + 1);
    }
}
