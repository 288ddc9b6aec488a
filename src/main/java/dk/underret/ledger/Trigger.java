package dk.underret.ledger;

/** The triggers that change the {@link SendStatus} of a dispatch. */
public enum Trigger {
    /** A sender claims it before its POST. */
    CLAIM,
    /** SES answered 200 with a message id. */
    ACCEPT,
    /** Known not to be sent: throttled, no connection, an account-wide refusal, or a claim too old to POST. */
    DEFER,
    /** SES refused this recipient. */
    REFUSE,
    /** Timeout, reset, 5xx or an unreadable answer. */
    DOUBT,
    /** A claim was not settled in time: its sender crashed. */
    STALE,
    /** SES event Send or DeliveryDelay: SES accepted it. */
    SENT_EVENT,
    /** SES event Delivery. */
    DELIVERY,
    /** SES event Bounce, Permanent. */
    BOUNCE,
    /** SES event Bounce, Transient or Undetermined: an automatic reply if it was delivered, else the end of SES's attempts. */
    SOFT_BOUNCE,
    /** SES event Bounce, {@code OnAccountSuppressionList} or {@code Suppressed}. */
    SUPPRESSION,
    /** SES event Complaint. */
    COMPLAINT,
    /** SES event Reject or Rendering Failure. */
    REJECTION,
    /** Unknown for 24 hours. */
    HOLD,
    /** A person uploads the row under {@code resend/}. */
    RESEND,
    /** A person uploads the row under {@code close/}. */
    CLOSE,
    /** A person uploads the row under {@code posted/}. */
    POST,
    /** The row cannot be sent. */
    INVALIDATE
}
