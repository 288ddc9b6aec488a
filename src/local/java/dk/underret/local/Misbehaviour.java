package dk.underret.local;

import java.util.Optional;

/** What the simulated SES does with one SendEmail. Those marked so have accepted, and journalled, the message before. */
public enum Misbehaviour {
    /** None: it accepts and answers. */
    NONE,
    /** Not accepted, and no answer until the caller gives up. */
    SILENCE,
    /** Accepted; no answer until the caller gives up. */
    STALL,
    /** Accepted; the connection is reset. */
    RESET,
    /** Accepted; the connection ends without an answer. */
    END_OF_STREAM,
    /** Accepted; status 200 and a body that is no JSON. */
    GARBAGE_200,
    /** Accepted; status 200 and half of the body. */
    CUT_200,
    /** Accepted; status 500. */
    ERROR_500,
    /** Accepted; status 503. */
    ERROR_503,
    /** 429: over the rate. */
    THROTTLED(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
    /** 429: the 24 hours' quota is spent. */
    QUOTA(429, "TooManyRequestsException", "Daily message quota exceeded."),
    /** The account's quota under its other code. */
    LIMIT_EXCEEDED(400, "LimitExceededException", "Daily message quota exceeded."),
    /** Sending is paused for the account. */
    PAUSED(400, "SendingPausedException", "Email sending has been disabled for this account."),
    /** The same, worded as SES does for some accounts. */
    PAUSED_AS_REJECTED(
            400, "MessageRejected", "Sending paused for this account. For more information, see the console."),
    /** The account is suspended. */
    SUSPENDED(400, "AccountSuspendedException", "The account's ability to send email has been permanently restricted."),
    /** The sender's domain lost its verification. */
    FROM_NOT_VERIFIED(400, "MailFromDomainNotVerifiedException", "The sending domain isn't verified."),
    /** The sender's identity is not verified, worded as SES does. */
    NOT_VERIFIED_AS_REJECTED(
            400, "MessageRejected", "Email address is not verified. The following identities failed the check."),
    /** There is no such configuration set. */
    CONFIGURATION_SET_MISSING(404, "NotFoundException", "Configuration set <underret> does not exist."),
    /** The credentials have expired. */
    EXPIRED_CREDENTIALS(403, "ExpiredTokenException", "The security token included in the request is expired"),
    /** A 400 that no model knows. */
    UNMODELLED_400(400, "SomethingNewException", "Something new."),
    /** This message's content. */
    MESSAGE_REJECTED(400, "MessageRejected", "Message contains a virus."),
    /** This recipient. */
    REFUSED_RECIPIENT(400, "BadRequestException", "Invalid recipient.");

    /**
     * A refusal as SES words it.
     *
     * @param status HTTP's
     */
    record Refusal(int status, String code, String message) {}

    private final Optional<Refusal> refusal;

    Misbehaviour() {
        refusal = Optional.empty();
    }

    Misbehaviour(int status, String code, String message) {
        refusal = Optional.of(new Refusal(status, code, message));
    }

    /** The refusal; empty where the message is accepted first. */
    Optional<Refusal> refusal() {
        return refusal;
    }
}
