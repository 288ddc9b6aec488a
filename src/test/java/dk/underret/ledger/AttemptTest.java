package dk.underret.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.NoticeId;
import dk.underret.testing.SendRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How an attempt and its record change with events. */
class AttemptTest {
    private static final Instant CLAIMED = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant EARLY = CLAIMED.plusSeconds(1);
    private static final Instant LATE = CLAIMED.plusSeconds(2);

    private static Attempt sent() {
        return Attempt.claimed(1, "token", SendRecords.letter().orElseThrow(), Optional.empty(), CLAIMED);
    }

    private static FeedbackEvent event(Trigger trigger, Instant at, String code) {
        return new FeedbackEvent(trigger, at, "id", Optional.of(code).filter(text -> !text.isEmpty()));
    }

    private static Attempt after(FeedbackEvent... events) {
        var attempt = sent();
        for (var event : events) attempt = attempt.with(event);
        return attempt;
    }

    @Test
    void keeps_the_alphabetically_first_of_two_codes_for_the_same_state() {
        var one = event(Trigger.SOFT_BOUNCE, EARLY, "Transient.General");
        var other = event(Trigger.SOFT_BOUNCE, EARLY, "Undetermined.General");

        assertThat(List.of(after(one, other), after(other, one)))
                .extracting(attempt -> attempt.code().orElse(""))
                .containsOnly("Transient.General");
    }

    @Test
    void keeps_its_code_when_an_event_for_the_same_state_has_none() {
        var one = event(Trigger.SOFT_BOUNCE, EARLY, "Transient.General");
        var other = event(Trigger.SOFT_BOUNCE, EARLY, "");

        assertThat(List.of(after(one, other), after(other, one)))
                .extracting(attempt -> attempt.code().orElse(""))
                .containsOnly("Transient.General");
    }

    @ParameterizedTest
    @EnumSource(
            value = Trigger.class,
            names = {"SENT_EVENT", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECTION", "SUPPRESSION"})
    void keeps_the_earlier_of_two_times_of_one_event(Trigger trigger) {
        var one = event(trigger, EARLY, "");
        var other = event(trigger, LATE, "");

        assertThat(List.of(after(one, other), after(other, one)))
                .extracting(attempt -> attempt.at().get(attempt.status()))
                .containsOnly(EARLY);
    }

    @Test
    void keeps_the_earlier_time_of_two_soft_bounces() {
        var one = event(Trigger.SOFT_BOUNCE, EARLY, "");
        var other = event(Trigger.SOFT_BOUNCE, LATE, "");

        assertThat(List.of(after(one, other), after(other, one)))
                .extracting(attempt -> attempt.at().get(AttemptStatus.SOFT_BOUNCED))
                .containsOnly(EARLY);
    }

    @Test
    void keeps_its_times_when_a_person_ends_its_record() {
        var record = SendRecords.of(
                new SendKey(new NoticeId("break-in", "main"), "a".repeat(64)),
                SendStatus.BOUNCED,
                1,
                "token",
                new Origin("run", 2),
                Optional.empty(),
                Optional.of("id"),
                Optional.of("Permanent.General"),
                Map.of(SendStatus.SENDING, CLAIMED, SendStatus.BOUNCED, EARLY));

        var ended = record.ended(Trigger.CLOSE, new Decision("run", "somebody", "moved", Optional.empty()), LATE);

        assertThat(ended.orElseThrow().newest().at())
                .isEqualTo(Map.of(AttemptStatus.SENDING, CLAIMED, AttemptStatus.BOUNCED, EARLY));
        assertThat(ended.orElseThrow().since()).contains(LATE);
        assertThat(ended.orElseThrow().status()).isEqualTo(SendStatus.CLOSED);
    }

    @Test
    void writes_its_letter_in_the_format_that_the_ledger_reads() {
        var letter = new LetterVersion("breach-notice", "da", "v1");

        assertThat(letter).hasToString("breach-notice/da@v1");
        assertThat(LetterVersion.parse(letter.toString())).isEqualTo(letter);
    }
}
