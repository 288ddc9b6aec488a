package dk.underret.local;

/**
 * How SES events are delayed and duplicated. Each copy has a random delay of its own, so events also arrive out of order.
 *
 * @param seed seed of the random numbers
 * @param maxDelaySeconds longest delay of an event
 * @param duplicateShare share of events that are delivered twice, from 0 to 1
 */
record EventDisorder(long seed, int maxDelaySeconds, double duplicateShare) {
    /** No delay and no duplicates. */
    static final EventDisorder NONE = new EventDisorder(0, 0, 0);
}
