package dk.underret.incident;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A point in time as facts state it, which may be a whole day.
 *
 * @param earliest the first instant it may be
 * @param latest the last it may be; equal to the first where a time of day is given
 */
public record Moment(Instant earliest, Instant latest) {
    /** Where a time without offset is meant to be. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

    /**
     * Reads ISO 8601: {@code 2025-08-10}, {@code 2025-08-10T14:30}, {@code 2025-08-10T14:30:00+02:00}, {@code …Z}.
     *
     * @return empty for any other form, and for a day that the calendar doesn't have
     */
    public static Optional<Moment> of(String text) {
        try {
            if (text.indexOf('T') < 0) {
                var day = LocalDate.parse(text).atStartOfDay(ZONE);
                return Optional.of(
                        new Moment(day.toInstant(), day.plusDays(1).toInstant().minusMillis(1)));
            }
            boolean offset = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
            var instant = offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(ZONE).toInstant();
            return Optional.of(new Moment(instant, instant));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whole hours from this to {@code later}, at the least: with whole days, as few as it can have been. */
    public long hoursUntil(Moment later) {
        return Duration.between(latest, later.earliest).toHours();
    }
}
