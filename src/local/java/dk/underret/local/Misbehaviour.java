package dk.underret.local;

import java.util.Optional;

/** The simulated SES's behaviour for one SendEmail request. “Accepted” means that the message is in the journal before the response. */
public enum Misbehaviour {
    /** None: accepts and responds. */
    NONE,
    /** Not accepted; no response until the caller closes the connection. */
    SILENCE,
    /** Accepted; no response until the caller closes the connection. */
    STALL,
    /** Accepted; the connection is reset. */
    RESET,
    /** Accepted; the connection ends without a response. */
    END_OF_STREAM,
    /** Accepted; status 200 and a body that is not JSON. */
    GARBAGE_200,
    /** Accepted; status 200 and half of the body. */
    CUT_200,
    /** Accepted; status 500. */
    ERROR_500,
    /** Accepted; status 503. */
    ERROR_503,
    /** 429: sending rate exceeded. */
    THROTTLED(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
    /** 429: 24-hour quota exceeded. */
    QUOTA(429, "TooManyRequestsException", "Daily message quota exceeded."),
    /** 400: quota exceeded, with SES's other error code. */
    LIMIT_EXCEEDED(400, "LimitExceededException", "Daily message quota exceeded."),
    /** 400: sending is paused for the account. */
    PAUSED(400, "SendingPausedException", "Email sending has been disabled for this account."),
    /** 400: sending is paused, reported as MessageRejected as SES does for some accounts. */
    PAUSED_AS_REJECTED(
            400, "MessageRejected", "Sending paused for this account. For more information, see the console."),
    /** 400: the account is suspended. */
    SUSPENDED(400, "AccountSuspendedException", "The account's ability to send email has been permanently restricted."),
    /** 400: the sender's domain is no longer verified. */
    FROM_NOT_VERIFIED(400, "MailFromDomainNotVerifiedException", "The sending domain isn't verified."),
    /** 400: the sender's identity is not verified, in SES's words. */
    NOT_VERIFIED_AS_REJECTED(
            400, "MessageRejected", "Email address is not verified. The following identities failed the check."),
    /** 404: the configuration set doesn't exist. */
    CONFIGURATION_SET_MISSING(404, "NotFoundException", "Configuration set <underret> does not exist."),
    /** 403: the credentials have expired. */
    EXPIRED_CREDENTIALS(403, "ExpiredTokenException", "The security token included in the request is expired"),
    /** 400 with an error code that the SDK doesn't know. */
    UNMODELLED_400(400, "SomethingNewException", "Something new."),
    /** 400: SES rejects the message's content. */
    MESSAGE_REJECTED(400, "MessageRejected", "Message contains a virus."),
    /** 400: SES rejects the recipient. */
    REFUSED_RECIPIENT(400, "BadRequestException", "Invalid recipient.");

    /**
     * An error response, in SES's words.
     *
     * @param status HTTP status
     */
    record Refusal(int status, String code, String message) {}

    private final Optional<Refusal> refusal;

    Misbehaviour() {
        refusal = Optional.empty();
    }

    Misbehaviour(int status, String code, String message) {
        refusal = Optional.of(new Refusal(status, code, message));
    }

    /** Returns the error response; empty if the message is accepted. */
    Optional<Refusal> refusal() {
        return refusal;
    }
}
