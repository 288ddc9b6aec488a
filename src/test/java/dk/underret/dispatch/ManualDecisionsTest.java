package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.key;
import static dk.underret.dispatch.DispatchFixture.person;
import static dk.underret.dispatch.DispatchFixture.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.ledger.Decision;
import dk.underret.ledger.Origin;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.run.ChunkRow;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.SendRecords;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that a person decided about, against each record that the ledger may have. Row 2 is the person, row 9 the former address. */
class ManualDecisionsTest {
    private static final String SEEN = "seen";
    private static final Decision DECISION = new Decision(RUN, "AWS:BIRTE", "", Optional.empty());
    private static final Set<SendStatus> RESENDABLE =
            EnumSet.of(SendStatus.HELD, SendStatus.FAILED, SendStatus.BOUNCED);

    private static ManualDecisions given(SendRecord... records) {
        var known = Arrays.stream(records).collect(Collectors.toMap(SendRecord::key, Function.identity()));
        return new ManualDecisions(RUN, known, recipient -> new SendKey(DispatchFixture.NOTICE, recipient));
    }

    private static SendRecord record(long row, SendStatus status, String token) {
        return SendRecords.of(
                key(row), status, token, new Origin(DispatchFixture.OTHER_RUN, row), FakeTimeSource.START);
    }

    /** A record that the run of this decision, or another, has sent once more. */
    private static SendRecord resent(String run) {
        return record(2, SendStatus.BOUNCED, SEEN)
                .resent(
                        "new",
                        new Decision(run, "AWS:BIRTE", "", Optional.empty()),
                        SendRecords.letter().orElseThrow(),
                        FakeTimeSource.START);
    }

    private static ChunkRow.Resend resend(Optional<String> previous) {
        var row = person(2);
        return new ChunkRow.Resend(row.recipient(), row.person(), row.to(), row.locale(), SEEN, previous, DECISION);
    }

    private static SendRecord ended(SendRecord record, Decision decision) {
        return record.ended(Trigger.CLOSE, decision, FakeTimeSource.START).orElseThrow();
    }

    @Nested
    class A_row_to_send_once_more {
        private static final ChunkRow.Resend ROW = resend(Optional.empty());

        @ParameterizedTest
        @EnumSource(SendStatus.class)
        void is_sent_while_nobody_was_reached_by_the_attempt_that_was_seen(SendStatus status) {
            var record = record(2, status, SEEN);
            var decisions = given(record);
            var may = RESENDABLE.contains(status);

            assertThat(decisions.job(4, ROW))
                    .isEqualTo(
                            may
                                    ? Optional.of(new RowJob.Send(
                                            4,
                                            ROW,
                                            key(2),
                                            Optional.of(record),
                                            Optional.empty(),
                                            Optional.of(DECISION),
                                            0))
                                    : Optional.empty());
            assertThat(decisions.outcome(ROW)).isEqualTo(may ? RowOutcome.PENDING : RowOutcome.SKIPPED);
        }

        @Test
        void is_skipped_after_another_attempt_than_the_one_that_was_seen() {
            var decisions = given(record(2, SendStatus.BOUNCED, "later"));

            assertThat(decisions.job(0, ROW)).isEmpty();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }

        @Test
        void is_skipped_without_a_record() {
            assertThat(given().job(0, ROW)).isEmpty();
            assertThat(given().outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }

        @Test
        void is_not_sent_twice_by_its_own_run() {
            var decisions = given(resent(RUN));

            assertThat(decisions.job(0, ROW)).isEmpty();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.SENDING);
        }

        @Test
        void is_tried_again_when_its_own_attempt_waits() {
            var waiting = resent(RUN).deferred();

            assertThat(given(waiting).job(0, ROW).map(job -> ((RowJob.Send) job).seen()))
                    .contains(Optional.of(waiting));
            assertThat(given(waiting).outcome(ROW)).isEqualTo(RowOutcome.WAITING);
        }

        @Test
        void is_skipped_when_another_run_has_sent_it_since() {
            var waiting = resent(DispatchFixture.OTHER_RUN).deferred();

            assertThat(given(waiting).job(0, ROW)).isEmpty();
            assertThat(given(waiting).outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }
    }

    @Nested
    class A_row_to_send_to_a_corrected_address {
        private static final ChunkRow.Resend ROW = resend(Optional.of(recipient(9)));

        @ParameterizedTest
        @EnumSource(SendStatus.class)
        void is_sent_while_nobody_was_reached_under_the_former_one(SendStatus status) {
            var former = record(9, status, SEEN);
            var decisions = given(former);
            var may = RESENDABLE.contains(status);

            assertThat(decisions.job(0, ROW))
                    .isEqualTo(
                            may
                                    ? Optional.of(new RowJob.Send(
                                            0,
                                            ROW,
                                            key(2),
                                            Optional.empty(),
                                            Optional.of(former),
                                            Optional.of(DECISION),
                                            0))
                                    : Optional.empty());
            assertThat(decisions.outcome(ROW)).isEqualTo(may ? RowOutcome.PENDING : RowOutcome.SKIPPED);
        }

        @Test
        void is_sent_when_a_crash_came_after_this_decision_ended_the_former_record() {
            var decisions = given(ended(record(9, SendStatus.BOUNCED, SEEN), DECISION));

            assertThat(decisions.job(0, ROW)).isPresent();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.PENDING);
        }

        @Test
        void is_skipped_when_another_decision_ended_the_former_record() {
            var decisions = given(ended(record(9, SendStatus.BOUNCED, SEEN), SendRecords.DECISION));

            assertThat(decisions.job(0, ROW)).isEmpty();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }

        @Test
        void is_a_duplicate_when_the_corrected_address_has_a_record_already() {
            var decisions =
                    given(record(9, SendStatus.BOUNCED, SEEN), record(2, SendStatus.ACCEPTED, "somebody-elses"));

            assertThat(decisions.job(0, ROW)).isEmpty();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.DUPLICATE);
        }

        @Test
        void is_skipped_without_a_record_under_the_former_one() {
            assertThat(given().job(0, ROW)).isEmpty();
            assertThat(given().outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }
    }

    @Nested
    class A_row_to_end {
        private static final ChunkRow.End ROW = new ChunkRow.End(2, recipient(2), SEEN, Trigger.CLOSE, DECISION);

        @ParameterizedTest
        @EnumSource(SendStatus.class)
        void is_ended_while_the_attempt_that_was_seen_failed(SendStatus status) {
            var record = record(2, status, SEEN);
            var may = EnumSet.of(
                            SendStatus.HELD,
                            SendStatus.FAILED,
                            SendStatus.BOUNCED,
                            SendStatus.SUPPRESSED,
                            SendStatus.REJECTED,
                            SendStatus.COMPLAINED,
                            SendStatus.INVALID)
                    .contains(status);

            assertThat(given(record).job(3, ROW).stream().toList())
                    .isEqualTo(may ? List.of(new RowJob.End(3, ROW, record)) : List.of());
            assertThat(given(record).outcome(ROW)).isEqualTo(may ? RowOutcome.PENDING : RowOutcome.SKIPPED);
        }

        @Test
        void is_skipped_after_another_attempt_than_the_one_that_was_seen() {
            var decisions = given(record(2, SendStatus.BOUNCED, "later"));

            assertThat(decisions.job(0, ROW)).isEmpty();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }

        @Test
        void is_closed_once_this_decision_closed_it() {
            var decisions = given(ended(record(2, SendStatus.BOUNCED, SEEN), DECISION));

            assertThat(decisions.job(0, ROW)).isEmpty();
            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.CLOSED);
        }

        @Test
        void is_skipped_when_another_decision_closed_it() {
            var decisions = given(ended(record(2, SendStatus.BOUNCED, SEEN), SendRecords.DECISION));

            assertThat(decisions.outcome(ROW)).isEqualTo(RowOutcome.SKIPPED);
        }
    }
}
