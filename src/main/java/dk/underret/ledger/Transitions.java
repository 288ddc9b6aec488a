package dk.underret.ledger;

/** Every transition between the states of a dispatch. */
public final class Transitions {
    private Transitions() {}
}
