package dk.underret.aws;

import dk.underret.dispatch.Outcome;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Refused.Scope;
import dk.underret.dispatch.Outcome.Unknown;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Maps SES's error responses to outcomes of a send. Decides by code, and by message if a code has several meanings: SES reports
 * the daily quota and problems of the account under several codes. Never keeps the message, which may hold an address.
 *
 * <p>Sources: SES API v2 "SendEmail" and "Common errors"; SES Developer Guide, "Errors related to the sending quotas" and "Amazon
 * SES email sending errors".
 */
final class SesErrors {
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private static final Pattern DAILY_QUOTA = Pattern.compile("daily (message |sending )?quota|24.?hour");

    private static final Pattern RATE = Pattern.compile("sending rate|rate exceeded|too many requests|slow down");

    /** Words in a message that make a refusal apply to the account, whatever its code. */
    private static final Pattern ACCOUNT_WIDE =
            Pattern.compile("not verified|failed the check|configuration set|paused|suspend"
                    + "|disabled|under review|shut ?down|sandbox|sending (status|is not)|mail.from|sender|not authorized"
                    + "|access denied|security token|credential|signature|expired|email ?tag|header");

    private static final Set<String> RATE_CODES =
            Set.of("TooManyRequestsException", "TooManyRequests", "RequestLimitExceeded", "SlowDown");

    /** Codes for the 24-hour quota, unless the message mentions the rate. */
    private static final Set<String> LIMIT_CODES = Set.of("LimitExceededException", "LimitExceeded");

    /** Codes of refusals that may concern one recipient or one letter. Any other 4xx code is treated as the account's. */
    private static final Set<String> RECIPIENT_CODES = Set.of(
            "MessageRejected",
            "MessageRejectedException",
            "BadRequestException",
            "InvalidParameterValue",
            "InvalidParameterValueException");

    private SesErrors() {}

    /**
     * Returns the outcome of a send that failed.
     *
     * @param status the HTTP status
     * @param code SES's error code, empty if the response has none
     * @param message SES's error message
     */
    static Outcome outcome(int status, String code, String message) {
        var reason = CODE.matcher(code).matches() ? code : "HTTP_" + status;
        var text = message.toLowerCase(Locale.ROOT);
        if (DAILY_QUOTA.matcher(text).find()) return new Deferred(DeferralReason.QUOTA, reason);
        if (isThrottled(status, code)) return new Deferred(DeferralReason.RATE, reason);
        if (status < 400 || status >= 500 || status == 408) return new Unknown(reason);
        if (LIMIT_CODES.contains(code))
            return new Deferred(RATE.matcher(text).find() ? DeferralReason.RATE : DeferralReason.QUOTA, reason);
        var recipientOnly =
                RECIPIENT_CODES.contains(code) && !ACCOUNT_WIDE.matcher(text).find();
        return new Refused(recipientOnly ? Scope.RECIPIENT : Scope.ACCOUNT, reason);
    }

    private static boolean isThrottled(int status, String code) {
        return status == 429 || code.startsWith("Throttl") || RATE_CODES.contains(code);
    }
}
