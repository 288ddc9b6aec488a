package dk.underret.ledger;

/** The result of claiming a dispatch. */
public sealed interface Claim {
    /** The claim succeeded: the caller sends the letter now. */
    record Ours() implements Claim {}

    /** The claim failed: the ledger has another record. */
    record Taken(SendRecord record) implements Claim {}
}
