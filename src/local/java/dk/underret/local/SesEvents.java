package dk.underret.local;

import dk.underret.local.Journal.Message;

/** Whom the simulated SES tells what becomes of a message. */
interface SesEvents extends AutoCloseable {
    /** Nobody. */
    SesEvents NONE = message -> {};

    /** A message was accepted: all its events follow. Returns at once. */
    void accepted(Message message);

    @Override
    default void close() {}
}
