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
 * Represents a point in time as facts give it, which may be a whole day.
 *
 * @param earliest the first possible instant
 * @param latest the last possible instant; equal to the first if a time of day is given
 */
public record Moment(Instant earliest, Instant latest) {
    /** The time zone of a time without an offset. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

    /**
     * Reads ISO 8601: {@code 2025-08-10}, {@code 2025-08-10T14:30}, {@code 2025-08-10T14:30:00+02:00}, {@code …Z}.
     *
     * @return empty for any other form, and for a day that doesn't exist
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

    /** Returns the minimum number of whole hours from this to {@code later}. */
    public long hoursUntil(Moment later) {
        return Duration.between(latest, later.earliest).toHours();
    }
}
