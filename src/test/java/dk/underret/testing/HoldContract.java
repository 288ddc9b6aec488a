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

/** The contract of holds and pauses in {@link Incidents}, for the fake and for DynamoDB. */
public abstract class HoldContract {
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00.123Z");
    private static final Hold HOLD = Hold.of(Hold.HoldReason.DOUBT, NOW);
    private static final NoticeId NOTICE = new NoticeId("komit", "main");

    /** Returns incidents without a hold. */
    protected abstract Incidents incidents();

    @Test
    void a_second_hold_does_not_replace_the_first() {
        var incidents = incidents();
        assertThat(incidents.hold()).isEmpty();
        assertThat(incidents.hold(HOLD)).isTrue();
        assertThat(incidents.hold(Hold.of(Hold.HoldReason.QUOTA, NOW.plusSeconds(1))))
                .isFalse();
        assertThat(incidents.hold()).contains(HOLD);
    }

    @Test
    void a_hold_changes_only_if_it_is_as_it_was_read() {
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
    void a_lifted_hold_can_be_set_again() {
        var incidents = incidents();
        incidents.hold(HOLD);
        assertThat(incidents.change(HOLD, Optional.empty())).isTrue();
        assertThat(incidents.hold()).isEmpty();
        assertThat(incidents.change(HOLD, Optional.empty())).isFalse();
        assertThat(incidents.hold(HOLD)).isTrue();
    }

    @Test
    void probes_start_after_30_seconds_and_double_their_interval_up_to_15_minutes() {
        var hold = HOLD;
        assertThat(hold.nextProbe()).isEqualTo(NOW.plusSeconds(30));
        for (var seconds : new int[] {60, 120, 240, 480, 900, 900}) {
            hold = hold.probing(new Probe("0f", 3), NOW);
            assertThat(hold.nextProbe()).isEqualTo(NOW.plus(Duration.ofSeconds(seconds)));
        }
    }

    @Test
    void a_probe_lets_only_its_own_chunk_through_and_only_once() {
        var hold = HOLD.probing(new Probe("0f", 3), NOW);
        assertThat(hold.lets("0f", 3)).isTrue();
        assertThat(hold.lets("0f", 4)).isFalse();
        assertThat(hold.probed(false).lets("0f", 3)).isFalse();
    }

    @Test
    void a_notice_is_paused_on_its_own_item() {
        var incidents = incidents();
        incidents.pause(NOTICE, NOW);
        assertThat(incidents.notice(NOTICE).orElseThrow().facts())
                .containsEntry("paused", true)
                .containsEntry("paused_by", "underret")
                .containsEntry("paused_at", NOW.toString());
        assertThat(incidents.incident("komit")).isEmpty();
    }
}
