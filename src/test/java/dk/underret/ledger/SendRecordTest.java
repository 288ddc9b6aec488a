package dk.underret.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.NoticeId;
import dk.underret.testing.SendRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A send record from its claim on, and the values that it is made of. */
class SendRecordTest {
    private static final SendKey KEY = new SendKey(new NoticeId("break-in", "main"), "a".repeat(64));
    private static final Origin ORIGIN = new Origin("run", 2);
    private static final Instant CLAIMED = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant LATER = CLAIMED.plusSeconds(60);
    private static final SentLetter LETTER = SendRecords.letter().orElseThrow();
    private static final Decision DECISION = new Decision("decision", "somebody", "", Optional.empty());

    private static SendRecord claimed() {
        return SendRecord.claimed(KEY, ORIGIN, "one", LETTER, Optional.empty(), CLAIMED);
    }

    @Test
    void is_being_sent_by_its_first_attempt_once_claimed() {
        assertThat(claimed())
                .isEqualTo(SendRecords.of(
                        KEY,
                        SendStatus.SENDING,
                        1,
                        "one",
                        ORIGIN,
                        Optional.of(LETTER),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(SendStatus.SENDING, CLAIMED)));
    }

    @Test
    void of_an_invalid_row_has_its_codes_and_no_attempt_to_send() {
        assertThat(SendRecord.invalid(KEY, ORIGIN, "BAD_ADDRESS WIDTH", CLAIMED))
                .isEqualTo(SendRecords.of(
                        KEY,
                        SendStatus.INVALID,
                        0,
                        "",
                        ORIGIN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("BAD_ADDRESS WIDTH"),
                        Map.of(SendStatus.INVALID, CLAIMED)));
    }

    @Test
    void waits_under_the_same_attempt_when_it_is_deferred() {
        var deferred = claimed().deferred();

        assertThat(deferred.status()).isEqualTo(SendStatus.WAITING);
        assertThat(deferred.newest().token()).isEqualTo("one");
        assertThat(deferred.newest().letter()).contains(LETTER);
        assertThat(deferred.newest().at()).isEqualTo(Map.of(AttemptStatus.SENDING, CLAIMED));
    }

    @Test
    void counts_a_retry_on_and_keeps_nothing_of_the_attempt_that_was_not_sent() {
        var retried = claimed().deferred().retried("two", LETTER, LATER);

        assertThat(retried.attempts()).containsExactly(Attempt.claimed(2, "two", LETTER, Optional.empty(), LATER));
    }

    @Test
    void counts_a_resend_on_and_keeps_the_attempt_before_it() {
        var resent = claimed().resent("two", DECISION, LETTER, LATER);

        assertThat(resent.earlier()).containsExactly(claimed().newest().superseded());
        assertThat(resent.newest()).isEqualTo(Attempt.claimed(2, "two", LETTER, Optional.of(DECISION), LATER));
    }

    @Test
    void is_a_resend_still_when_that_is_tried_again() {
        var retried = claimed()
                .resent("two", DECISION, LETTER, LATER)
                .deferred()
                .retried("three", LETTER, LATER.plusSeconds(1));

        assertThat(retried.earlier()).hasSize(1);
        assertThat(retried.newest().number()).isEqualTo(3);
        assertThat(retried.newest().resend()).contains(DECISION);
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void an_attempt_takes_events_of_ses_and_nothing_else(Trigger trigger) {
        var attempt = claimed().newest();
        var event = new FeedbackEvent(trigger, LATER, "id", Optional.empty());

        if (AttemptStatus.reportedBy(trigger).isPresent())
            assertThat(attempt.with(event).status().isReported()).isTrue();
        else
            assertThatThrownBy(() -> attempt.with(event))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(trigger + " is not an event of SES");
    }

    @Test
    void a_state_that_only_a_sender_sets_is_not_reported() {
        assertThat(AttemptStatus.reported(List.of(AttemptStatus.SENDING, AttemptStatus.INVALID)))
                .isEmpty();
        assertThat(AttemptStatus.reported(List.of(AttemptStatus.ACCEPTED, AttemptStatus.SENDING)))
                .contains(AttemptStatus.ACCEPTED);
    }

    @Test
    void a_version_is_its_frozen_letters() {
        var frozen = new FrozenLetter("breach-notice", "da", "v1", "hash");

        assertThat(LetterVersion.of(frozen)).isEqualTo(new LetterVersion("breach-notice", "da", "v1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "breach@", "breach-notice"})
    void a_version_is_read_as_it_was_written_whatever_the_name(String name) {
        var version = new LetterVersion(name, "da", "v/1@2");

        assertThat(LetterVersion.parse(version.toString())).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "breach-notice", "breach-notice/da", "breach-notice@v1", "a@b/c"})
    void a_version_in_another_format_is_refused(String text) {
        assertThatThrownBy(() -> LetterVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not of the form name/locale@version");
    }

    @Test
    void a_tally_without_rows_of_an_outcome_is_the_tally_without_that_outcome() {
        assertThat(new Tally(Map.of(RowOutcome.ACCEPTED, 0L))).isEqualTo(Tally.NONE);
        assertThatThrownBy(() -> new Tally(Map.of(RowOutcome.ACCEPTED, -1L)))
                .hasMessage(RowOutcome.ACCEPTED + " is negative");
    }

    @Test
    void a_tally_counts_the_rows_of_each_outcome() {
        var tally = new Tally(Map.of(RowOutcome.ACCEPTED, 3L, RowOutcome.FAILED, 1L));

        assertThat(tally.of(RowOutcome.ACCEPTED)).isEqualTo(3);
        assertThat(tally.of(RowOutcome.HELD)).isZero();
        assertThat(tally.rows()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(RowOutcome.class)
    void only_rows_that_a_sender_still_acts_on_keep_a_tally_open(RowOutcome outcome) {
        var open = Set.of(RowOutcome.PENDING, RowOutcome.SENDING, RowOutcome.WAITING);

        assertThat(new Tally(Map.of(outcome, 1L)).settled()).isEqualTo(!open.contains(outcome));
        assertThat(new Tally(Map.of(outcome, 1L)).plus(RowOutcome.ACCEPTED, 1).settled())
                .isEqualTo(!open.contains(outcome));
    }

    @Test
    void an_outcome_is_labelled_in_lower_case() {
        assertThat(RowOutcome.SUPPRESSED.label()).isEqualTo("suppressed");
    }

    @ParameterizedTest
    @EnumSource(SendStatus.class)
    void a_status_is_a_problem_unless_the_letter_is_on_its_way_arrived_or_a_person_ended_it(SendStatus status) {
        var fine = Set.of(
                SendStatus.SENDING,
                SendStatus.WAITING,
                SendStatus.ACCEPTED,
                SendStatus.DELIVERED,
                SendStatus.CLOSED,
                SendStatus.POSTED);

        assertThat(status.problem()).isEqualTo(!fine.contains(status));
    }

    @Test
    void an_attempt_learns_its_message_id_from_an_event_that_precedes_the_settle() {
        var event = new FeedbackEvent(Trigger.DELIVERY, LATER, "id", Optional.empty());

        assertThat(claimed().newest().with(event).messageId()).contains("id");
    }

    @Test
    void an_event_of_an_attempt_that_ses_refused_is_foreign() {
        var refused = SendRecords.of(KEY, SendStatus.FAILED, "one", ORIGIN, CLAIMED);
        var event = new FeedbackEvent(Trigger.DELIVERY, LATER, "id", Optional.empty());

        assertThat(FeedbackResult.of(refused, "one", event)).isEqualTo(new FeedbackResult.Foreign(Mismatch.NOT_SENT));
    }
}
