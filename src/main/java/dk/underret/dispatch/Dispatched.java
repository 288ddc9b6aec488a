package dk.underret.dispatch;

import dk.underret.ledger.Tally;
import dk.underret.run.StopReason;
import java.time.Duration;

/**
 * The result of a work message. In every case no claimed row is in flight and the message can be deleted: the rest of the chunk has
 * a new message on the queue, or is parked.
 */
public sealed interface Dispatched {
    /**
     * The chunk is complete.
     *
     * @param tally the chunk's rows by outcome
     * @param runComplete whether it was the last open chunk of its run
     */
    record Settled(Tally tally, boolean runComplete) implements Dispatched {}

    /** The chunk was already settled; nothing was sent. */
    record AlreadySettled() implements Dispatched {}

    /**
     * Time ran out. A new message without delay continues the chunk.
     *
     * @param nextRow index in the chunk of the first row left, from 0
     * @param idleHops consecutive hand-overs without progress
     */
    record HandedOver(int nextRow, int idleHops) implements Dispatched {}

    /**
     * Rows are left that cannot be processed now. A new message with a delay continues the chunk.
     *
     * @param delay time before the new message can be received
     */
    record LeftOpen(StopReason reason, Duration delay) implements Dispatched {}

    /** No letter of the chunk may be sent now. It has no message: the Sweep enqueues one when sending may continue. */
    record Parked(StopReason reason) implements Dispatched {}
}
