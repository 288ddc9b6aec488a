package dk.underret.ledger;

/** What moves a dispatch from one {@link SendStatus} to the next. */
public enum Trigger {
    /** A sender claims it, before its POST. */
    CLAIM,
    /** SES answered 200 with a message id. */
    ACCEPT,
    /** Throttled, never connected, account-wide refusal, or the claim too old to POST: known not to be sent. */
    DEFER,
    /** SES refused this recipient. */
    REFUSE,
    /** Timeout, reset, 5xx or an unreadable answer. */
    DOUBT,
    /** A sender's claim was never settled: the sender died. */
    STALE,
    /** SES event Send or DeliveryDelay: it was accepted. */
    SENT_EVENT,
    /** SES event Delivery. */
    DELIVERY,
    /** SES event Bounce, Permanent. */
    BOUNCE,
    /** SES event Bounce, Transient or Undetermined: a reply from a machine where there is a delivery, else the end of trying. */
    SOFT_BOUNCE,
    /** SES event Bounce, {@code OnAccountSuppressionList} or {@code Suppressed}. */
    SUPPRESSION,
    /** SES event Complaint. */
    COMPLAINT,
    /** SES event Reject or Rendering Failure. */
    REJECTION,
    /** 24 hours without a word. */
    HOLD,
    /** A person uploads the row under {@code resend/}. */
    RESEND,
    /** A person uploads the row under {@code close/}. */
    CLOSE,
    /** A person uploads the row under {@code posted/}. */
    POST,
    /** The row can't be sent. */
    INVALIDATE
}
