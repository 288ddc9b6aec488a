package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    @ParameterizedTest
    @CsvSource({
        "2025-08-10, 2025-08-09T22:00:00Z, 2025-08-10T21:59:59.999Z",
        "2025-01-10, 2025-01-09T23:00:00Z, 2025-01-10T22:59:59.999Z",
        "2025-08-10T14:30, 2025-08-10T12:30:00Z, 2025-08-10T12:30:00Z",
        "2025-08-10T14:30:15-05:00, 2025-08-10T19:30:15Z, 2025-08-10T19:30:15Z",
        "2025-08-10T14:30:00Z, 2025-08-10T14:30:00Z, 2025-08-10T14:30:00Z",
    })
    void reads_days_and_times(String text, Instant earliest, Instant latest) {
        assertThat(Moment.of(text)).contains(new Moment(earliest, latest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.8.2025", "2025-02-30", "2025-08-10T25:00", "2025-8-1", "yesterday"})
    void refuses_other_texts(String text) {
        assertThat(Moment.of(text)).isEmpty();
    }

    @Test
    void counts_the_fewest_possible_hours_between_two_days() {
        assertThat(hours("2025-08-10", "2025-08-14")).isEqualTo(72);
        assertThat(hours("2025-08-10T12:00Z", "2025-08-13T12:59Z")).isEqualTo(72);
        assertThat(hours("2025-08-10T12:00Z", "2025-08-13T13:00Z")).isEqualTo(73);
    }

    private static long hours(String from, String to) {
        return Moment.of(from).orElseThrow().hoursUntil(Moment.of(to).orElseThrow());
    }
}
