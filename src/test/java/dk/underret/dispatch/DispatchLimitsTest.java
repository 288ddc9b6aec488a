package dk.underret.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many letters are in flight at a sender's share of the rate. */
class DispatchLimitsTest {
    @ParameterizedTest
    @CsvSource({"0, 2", "4, 2", "4.1, 3", "14, 7", "199, 100", "500, 100"})
    void keep_half_a_seconds_letters_in_flight(double perSecond, int letters) {
        assertThat(new DispatchLimits(1, Duration.ofMinutes(15)).inFlightAt(perSecond))
                .isEqualTo(letters);
    }

    @ParameterizedTest
    @CsvSource({"1, 14, 1", "7, 14, 7", "8, 14, 7"})
    void keep_no_more_in_flight_than_the_sender_is_set_to(int inFlight, double perSecond, int letters) {
        var limits = new DispatchLimits(1, Duration.ofMinutes(15), Duration.ofSeconds(30), inFlight);

        assertThat(limits.inFlightAt(perSecond)).isEqualTo(letters);
    }
}
