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
 * What SES's error answers mean for a send. By code first; by message where one code stands for several things (SES words its
 * daily quota and its account's troubles under several codes). Sources: SES API v2 "SendEmail", "Common errors", and the SES
 * Developer Guide, "Errors related to the sending quotas" and "Amazon SES email sending errors". The message is looked at and
 * dropped: it can hold an address.
 */
final class SesErrors {
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private static final Pattern DAILY_QUOTA = Pattern.compile("daily (message |sending )?quota|24.?hour");

    private static final Pattern RATE = Pattern.compile("sending rate|rate exceeded|too many requests|slow down");

    /** Words that make a refusal everybody's, whatever its code. */
    private static final Pattern EVERYBODY =
            Pattern.compile("not verified|failed the check|configuration set|paused|suspend"
                    + "|disabled|under review|shut ?down|sandbox|sending (status|is not)|mail.from|sender|not authorized"
                    + "|access denied|security token|credential|signature|expired|email ?tag|header");

    private static final Set<String> RATE_CODES =
            Set.of("TooManyRequestsException", "TooManyRequests", "RequestLimitExceeded", "SlowDown");

    /** The 24-hour quota, unless the message speaks of the rate. */
    private static final Set<String> LIMIT_CODES = Set.of("LimitExceededException", "LimitExceeded");

    /** Refusals that may be about one recipient or one letter. Any other code of 4xx is everybody's until SES says otherwise. */
    private static final Set<String> RECIPIENT_CODES = Set.of(
            "MessageRejected",
            "MessageRejectedException",
            "BadRequestException",
            "InvalidParameterValue",
            "InvalidParameterValueException");

    private SesErrors() {}

    /**
     * What an error answer means.
     *
     * @param status HTTP's
     * @param code SES's, empty where the answer had none
     * @param message SES's words
     */
    static Outcome outcome(int status, String code, String message) {
        var named = CODE.matcher(code).matches() ? code : "HTTP_" + status;
        var words = message.toLowerCase(Locale.ROOT);
        if (DAILY_QUOTA.matcher(words).find()) return new Deferred(DeferralReason.QUOTA, named);
        if (tooFast(status, code)) return new Deferred(DeferralReason.RATE, named);
        if (status < 400 || status >= 500 || status == 408) return new Unknown(named);
        if (LIMIT_CODES.contains(code))
            return new Deferred(RATE.matcher(words).find() ? DeferralReason.RATE : DeferralReason.QUOTA, named);
        var one = RECIPIENT_CODES.contains(code) && !EVERYBODY.matcher(words).find();
        return new Refused(one ? Scope.RECIPIENT : Scope.ACCOUNT, named);
    }

    private static boolean tooFast(int status, String code) {
        return status == 429 || code.startsWith("Throttl") || RATE_CODES.contains(code);
    }
}
