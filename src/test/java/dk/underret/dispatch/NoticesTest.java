package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.LETTER;
import static dk.underret.dispatch.DispatchFixture.MESSAGE;
import static dk.underret.dispatch.DispatchFixture.NOTICE;
import static dk.underret.dispatch.DispatchFixture.REMAINING;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakeTimeSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run is sent with the frozen notice that it was planned for, or not at all. */
class NoticesTest {
    private final DispatchFixture fixture = new DispatchFixture().with(people(2));

    private void sendsNothing(FakeIncidents incidents, String message) {
        var ports = new DispatchPorts(
                incidents,
                new FakeLetters(),
                fixture.runs,
                fixture.chunks,
                fixture.ledger,
                fixture.work,
                fixture.mailer,
                fixture.accounts);
        var dispatcher = new Dispatcher(ports, new DispatchLimits(2, DispatchFixture.STALE), fixture.time);

        assertThatThrownBy(() -> dispatcher.dispatch(MESSAGE, REMAINING))
                .isInstanceOf(WorkException.class)
                .hasMessage(message);
        assertThat(fixture.mailer.posted()).isEmpty();
        assertThat(fixture.ledger.records()).isEmpty();
    }

    private static FrozenNotice frozen(Map<String, Object> facts, String hash, FrozenLetter... letters) {
        return new FrozenNotice(
                NOTICE, facts, hash, List.of(letters), List.of("email", "name"), 1, FakeTimeSource.START, RUN);
    }

    private static FakeIncidents with(FrozenNotice frozen) {
        var incidents = new FakeIncidents();
        incidents.freeze(frozen);
        return incidents;
    }

    @Test
    void a_notice_that_is_not_frozen_is_not_sent() {
        sendsNothing(new FakeIncidents(), "NOT_FROZEN: run " + RUN);
    }

    @Test
    void a_notice_that_is_frozen_under_other_facts_is_not_sent() {
        var facts = DispatchFixture.frozen(List.of(LETTER)).facts();
        sendsNothing(with(frozen(facts, "other-hash", LETTER)), "NOT_FROZEN: run " + RUN);
    }

    @Test
    void a_notice_without_a_sender_is_not_sent() {
        sendsNothing(with(frozen(Map.of("language", "da"), "facts-hash")), "LETTER_GONE: run " + RUN);
    }

    @Test
    void a_letter_on_its_way_shows_nothing_of_the_recipient_as_text() {
        fixture.dispatch();

        var message = fixture.mailer.posted().getFirst();
        assertThat(message).hasToString("message of " + message.key());
        assertThat(new Rendered(message.to(), message.letter(), LETTER)).hasToString("letter from breach-notice in da");
    }
}
