package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Hold;
import dk.underret.incident.Hold.Probe;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a hold is set, probed and lifted, and a notice paused; the fake and the table are both held to it. */
public abstract class HoldContract {
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00.123Z");
    private static final Hold HOLD = Hold.of(Hold.HoldReason.DOUBT, NOW);
    private static final NoticeId NOTICE = new NoticeId("komit", "main");

    /** Incidents without a hold. */
    protected abstract Incidents incidents();

    @Test
    void the_first_hold_stands() {
        var incidents = incidents();
        assertThat(incidents.hold()).isEmpty();
        assertThat(incidents.hold(HOLD)).isTrue();
        assertThat(incidents.hold(Hold.of(Hold.HoldReason.QUOTA, NOW.plusSeconds(1))))
                .isFalse();
        assertThat(incidents.hold()).contains(HOLD);
    }

    @Test
    void a_hold_is_changed_only_as_it_was_seen() {
        var incidents = incidents();
        incidents.hold(HOLD);
        var probing = HOLD.probing(new Probe("0f", 3), NOW.plusSeconds(60));
        assertThat(incidents.change(HOLD, Optional.of(probing))).isTrue();
        assertThat(incidents.change(HOLD, Optional.of(probing))).isFalse();
        assertThat(incidents.hold()).contains(probing);
        assertThat(incidents.change(probing, Optional.of(probing.probed(true)))).isTrue();
        assertThat(incidents.hold()).contains(probing.probed(true));
    }

    @Test
    void a_hold_that_was_lifted_can_be_set_again() {
        var incidents = incidents();
        incidents.hold(HOLD);
        assertThat(incidents.change(HOLD, Optional.empty())).isTrue();
        assertThat(incidents.hold()).isEmpty();
        assertThat(incidents.change(HOLD, Optional.empty())).isFalse();
        assertThat(incidents.hold(HOLD)).isTrue();
    }

    @Test
    void probes_go_out_after_30_seconds_and_at_twice_the_distance_each_up_to_a_quarter_of_an_hour() {
        var hold = HOLD;
        assertThat(hold.nextProbe()).isEqualTo(NOW.plusSeconds(30));
        for (var seconds : new int[] {60, 120, 240, 480, 900, 900}) {
            hold = hold.probing(new Probe("0f", 3), NOW);
            assertThat(hold.nextProbe()).isEqualTo(NOW.plus(Duration.ofSeconds(seconds)));
        }
    }

    @Test
    void only_its_own_chunk_is_let_through_and_only_once() {
        var hold = HOLD.probing(new Probe("0f", 3), NOW);
        assertThat(hold.lets("0f", 3)).isTrue();
        assertThat(hold.lets("0f", 4)).isFalse();
        assertThat(hold.probed(false).lets("0f", 3)).isFalse();
    }

    @Test
    void a_notice_is_paused_on_its_own_item() {
        var incidents = incidents();
        incidents.pause(NOTICE);
        assertThat(incidents.notice(NOTICE).orElseThrow().facts()).containsEntry("paused", true);
        assertThat(incidents.incident("komit")).isEmpty();
    }
}
