package dk.underret.simulation;

/** A safeguard taken away: the simulation has to notice. */
enum Sabotage {
    /** Nothing is taken away. */
    NONE,
    /** A claim replaces whatever stands there. */
    CLAIM_WITHOUT_CONDITION,
    /** A repeated claim doesn't know its own token ({@code ALL_OLD} is not asked for). */
    CLAIM_WITHOUT_ALL_OLD,
    /** The client of SES repeats a POST whose answer did not come, as the SDK does by default. */
    POST_REPEATED,
    /** A letter is recorded as accepted before it is POSTed. */
    SETTLED_BEFORE_SENT
}
