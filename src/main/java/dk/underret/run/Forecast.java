package dk.underret.run;

import dk.underret.run.Accounts.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Forecasts when the last letter of a list is sent, from SES's figures for the account.
 *
 * @param letters the number of letters to send
 * @param start the earliest time of the first letter
 * @param finish when the last letter is sent; empty when the account may not send
 */
public record Forecast(long letters, Instant start, Optional<Instant> finish) {
    /** The retention of the queue. A list that takes longer would lose its messages and its data. */
    public static final Duration LONGEST = Duration.ofDays(14);

    private static final Duration QUOTA_PERIOD = Duration.ofHours(24);
    private static final double MILLIS = 1000;

    /**
     * Computes the forecast. The rate is SES's, limited by {@code max_per_hour}. The quota allows what is left of it today, and then
     * one full quota every 24 hours.
     *
     * @param start now, or {@code send_after}
     */
    public static Forecast of(long letters, Account account, Optional<Integer> maxPerHour, Instant start) {
        var count = (double) letters;
        var hourly = maxPerHour.map(max -> max / 3600.0).orElse(account.maxSendRate());
        var perSecond = Math.min(account.maxSendRate(), hourly);
        var quota = account.max24HourSend();
        if (letters == 0) return new Forecast(0, start, Optional.of(start));
        if (perSecond <= 0 || quota == 0) return new Forecast(letters, start, Optional.empty());
        if (quota < 0) return new Forecast(letters, start, Optional.of(start.plus(duration(perSecond, count))));
        var today = Math.max(0, quota - account.sentLast24Hours());
        if (count <= today) return new Forecast(letters, start, Optional.of(start.plus(duration(perSecond, count))));
        var days = Math.ceil((count - today) / quota);
        var lastDay = count - today - (days - 1) * quota;
        var byRate = duration(perSecond, count);
        var byQuota = QUOTA_PERIOD.multipliedBy((long) days).plus(duration(perSecond, lastDay));
        return new Forecast(letters, start, Optional.of(start.plus(byRate.compareTo(byQuota) > 0 ? byRate : byQuota)));
    }

    /** Whether sending ends later than {@link #LONGEST} from now, or never. */
    public boolean tooSlow(Instant now) {
        return finish.map(end -> end.isAfter(now.plus(LONGEST))).orElse(true);
    }

    private static Duration duration(double perSecond, double letters) {
        return Duration.ofMillis((long) Math.ceil(letters / perSecond * MILLIS));
    }
}
