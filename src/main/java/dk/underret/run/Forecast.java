package dk.underret.run;

import dk.underret.run.Accounts.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the last letter of a list will have gone out, by SES's own figures.
 *
 * @param letters how many are to be sent
 * @param start when the first may go
 * @param finish when the last is gone; empty when the account may not send at all
 */
public record Forecast(long letters, Instant start, Optional<Instant> finish) {
    /** What the queue keeps; a list that takes longer would outlive its own data. */
    public static final Duration LONGEST = Duration.ofDays(14);

    private static final Duration QUOTA_PERIOD = Duration.ofHours(24);
    private static final double MILLIS = 1000;

    /**
     * Computes it: at SES's rate, not over what a person allowed an hour, and not over the quota, of which today's rest comes
     * first and then one whole quota every 24 hours.
     *
     * @param start now, or {@code send_after}
     */
    public static Forecast of(long letters, Account account, Optional<Integer> maxPerHour, Instant start) {
        var count = (double) letters;
        var hourly = maxPerHour.map(most -> most / 3600.0).orElse(account.maxSendRate());
        var rate = Math.min(account.maxSendRate(), hourly);
        var quota = account.max24HourSend();
        if (letters == 0) return new Forecast(0, start, Optional.of(start));
        if (rate <= 0 || quota == 0) return new Forecast(letters, start, Optional.empty());
        if (quota < 0) return new Forecast(letters, start, Optional.of(start.plus(at(rate, count))));
        var today = Math.max(0, quota - account.sentLast24Hours());
        if (count <= today) return new Forecast(letters, start, Optional.of(start.plus(at(rate, count))));
        var days = Math.ceil((count - today) / quota);
        var lastDay = count - today - (days - 1) * quota;
        var paced = at(rate, count);
        var rationed = QUOTA_PERIOD.multipliedBy((long) days).plus(at(rate, lastDay));
        return new Forecast(letters, start, Optional.of(start.plus(paced.compareTo(rationed) > 0 ? paced : rationed)));
    }

    /** Whether the list would outlive its data, counted from now. */
    public boolean tooSlow(Instant now) {
        return finish.map(end -> end.isAfter(now.plus(LONGEST))).orElse(true);
    }

    private static Duration at(double rate, double letters) {
        return Duration.ofMillis((long) Math.ceil(letters / rate * MILLIS));
    }
}
