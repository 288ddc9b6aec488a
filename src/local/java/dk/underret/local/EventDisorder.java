package dk.underret.local;

/**
 * How badly SES's events keep their order: each is late by its own time, so that they overtake each other, and some come twice.
 *
 * @param seed of the dice
 * @param latest seconds that an event may be late by
 * @param twice share of events that come a second time, with a lateness of its own
 */
record EventDisorder(long seed, int latest, double twice) {
    /** At once, in order, each once. */
    static final EventDisorder NOT = new EventDisorder(0, 0, 0);
}
