package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.REMAINING;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.people;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.dispatch.Dispatched.HandedOver;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The limits of a hand-over. */
class HandOverTest {
    private final DispatchFixture fixture = new DispatchFixture();

    @Test
    void a_message_is_handed_over_without_progress_for_the_fifth_time() {
        fixture.with(people(3));
        var fifth = new WorkMessage(RUN, 0, 0, Dispatcher.IDLE_HOPS - 1);

        assertThat(fixture.dispatch(fifth, Duration.ofSeconds(20))).isEqualTo(new HandedOver(0, Dispatcher.IDLE_HOPS));
    }

    @Test
    void a_message_that_goes_on_after_the_last_row_starts_again_while_rows_are_open() {
        fixture.with(people(3));

        assertThat(fixture.dispatch(new WorkMessage(RUN, 0, 3, 0), REMAINING)).isEqualTo(new HandedOver(0, 1));
    }
}
