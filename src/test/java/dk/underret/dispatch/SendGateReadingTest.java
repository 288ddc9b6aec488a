package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.NOTICE;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Hold;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.run.StopReason;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeTimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate reads of the hold and of the notice's facts, and when. {@link SendGateTest} is about the sending that it stops. */
class SendGateReadingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTimeSource time = new FakeTimeSource();
    private final FakeIncidents incidents = new FakeIncidents().approved(NOTICE.incident());

    private SendGate gate() {
        return new SendGate(incidents, NOTICE, new Hold.Probe(RUN, 0), time);
    }

    @Test
    void lets_everything_through_while_nobody_stops_it() {
        assertThat(gate().refusal()).isEmpty();
        assertThat(gate().probing()).isEmpty();
        assertThat(gate().maxPerHour()).isEmpty();
    }

    @Test
    void reads_again_after_a_second_and_not_before() {
        time.pass(Duration.ofMinutes(1));
        var gate = gate();
        incidents.pause(NOTICE, time.now());

        time.pass(SECOND.minusNanos(1));
        assertThat(gate.refusal()).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(gate.refusal()).contains(StopReason.PAUSED);
    }

    @Test
    void reads_again_for_whichever_thread_asks() throws Exception {
        var gate = gate();
        time.pass(SECOND);
        assertThat(gate.refusal()).isEmpty();
        incidents.pause(NOTICE, time.now());
        time.pass(SECOND);

        assertThat(CompletableFuture.supplyAsync(gate::refusal).get(10, TimeUnit.SECONDS))
                .contains(StopReason.PAUSED);
    }

    @ParameterizedTest
    @CsvSource({"0123456789abcdef0123456789abcdef, 1", "fedcba9876543210fedcba9876543210, 0"})
    void refuses_every_chunk_but_the_probe_during_a_hold(String run, int chunk) {
        var hold = Hold.of(HoldReason.QUOTA, time.now());
        incidents.hold(hold);
        assertThat(gate().refusal()).contains(StopReason.HOLD);

        incidents.change(hold, Optional.of(hold.probing(new Hold.Probe(run, chunk), time.now())));
        assertThat(gate().refusal()).contains(StopReason.HOLD);
        assertThat(gate().probing()).isEmpty();
    }

    @Test
    void lets_the_probe_through_unless_the_notice_is_paused() {
        var probe = Hold.of(HoldReason.QUOTA, time.now()).probing(new Hold.Probe(RUN, 0), time.now());
        incidents.hold(probe);
        assertThat(gate().refusal()).isEmpty();
        assertThat(gate().probing()).contains(probe);

        incidents.pause(NOTICE, time.now());
        assertThat(gate().refusal()).contains(StopReason.PAUSED);
    }

    @Test
    void gives_the_notices_limit_of_letters_per_hour() {
        incidents.with(NOTICE, Map.of("max_per_hour", BigDecimal.ONE));

        assertThat(gate().maxPerHour()).contains(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void takes_a_limit_that_allows_no_letter_for_none(int perHour) {
        incidents.with(NOTICE, Map.of("max_per_hour", new BigDecimal(perHour)));

        assertThat(gate().maxPerHour()).isEmpty();
    }

    @Test
    void pauses_its_notice_for_every_other_sender() {
        gate().pause();

        assertThat(gate().refusal()).contains(StopReason.PAUSED);
    }
}
