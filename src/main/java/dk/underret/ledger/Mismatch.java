package dk.underret.ledger;

/** Why an event does not match the ledger. */
public enum Mismatch {
    /** The ledger has no such dispatch. */
    NO_RECORD,
    /** No attempt of the dispatch has the token. */
    NO_ATTEMPT,
    /** The attempt has another message id. */
    MESSAGE_ID,
    /** SES refused the attempt, so no event about it is possible. */
    NOT_SENT
}
