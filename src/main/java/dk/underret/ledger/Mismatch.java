package dk.underret.ledger;

/** Why an event does not match the ledger. */
public enum Mismatch {
    /** There is no such dispatch. */
    NO_RECORD,
    /** None of its attempts has that token. */
    NO_ATTEMPT,
    /** That attempt has another message id. */
    MESSAGE_ID,
    /** SES refused that attempt. */
    NOT_SENT
}
