package dk.underret.local;

import dk.underret.local.Journal.Message;

/** The event destination of the simulated SES. */
interface SesEvents extends AutoCloseable {
    /** Publishes no events. */
    SesEvents NONE = message -> {};

    /** Publishes all events of an accepted message. Must not block. */
    void accepted(Message message);

    @Override
    default void close() {}
}
