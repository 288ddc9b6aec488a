package dk.underret.dispatch;

import dk.underret.ledger.Tally;
import dk.underret.run.StopReason;
import java.time.Duration;

/**
 * What became of a work message. In every case no claimed row is in flight any more and the message is done with: what is left
 * of the chunk is on the queue as a new one, or parked.
 */
public sealed interface Dispatched {
    /**
     * Nothing is left to do for the chunk.
     *
     * @param tally its rows by term
     * @param runComplete whether it was its run's last
     */
    record Settled(Tally tally, boolean runComplete) implements Dispatched {}

    /** The chunk was settled before; nothing was done. */
    record AlreadySettled() implements Dispatched {}

    /**
     * Time was short: a new message goes on at once.
     *
     * @param nextRow index in the chunk of the first row left, from 0
     * @param idleHops how many hand-overs in a row made no progress
     */
    record HandedOver(int nextRow, int idleHops) implements Dispatched {}

    /**
     * Rows are left that can't be acted on now.
     *
     * @param reason why
     * @param back when the new message may be received
     */
    record LeftOpen(StopReason reason, Duration back) implements Dispatched {}

    /**
     * Nothing of it may be sent now. It has no message any more: the Sweep puts one on the queue when it may go on.
     *
     * @param reason why
     */
    record Parked(StopReason reason) implements Dispatched {}
}
