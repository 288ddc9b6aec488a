package dk.underret.sweep;

import static dk.underret.dispatch.DispatchFixture.OTHER_RUN;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.DispatchFixture;
import dk.underret.dispatch.Dispatched;
import dk.underret.dispatch.Outcome;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Trigger;
import dk.underret.run.Accounts.Account;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.WorkMessage;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.SenderLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final SenderLoop loop = new SenderLoop();
    private final DispatchFixture fixture = loop.fixture;

    @Test
    void does_nothing_and_reads_no_account_figures_when_no_run_is_open() {
        fixture.accounts.set(null);

        assertThat(loop.sweepOnce()).isEqualTo(SweepReport.NOTHING);
    }

    @Nested
    class A_chunk_without_a_message {
        @Test
        void is_sent_within_the_hour_after_its_message_was_lost() {
            loop.plan(100, 50).lose(false);

            loop.workFor(Duration.ofHours(1));

            assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 100L)));
            assertThat(fixture.sentTo()).hasSize(100).doesNotHaveDuplicates();
        }

        @Test
        void stays_unsent_without_the_sweep() {
            loop.plan(100, 50).lose(false);

            assertThat(loop.queued()).isZero();
            assertThat(fixture.sentTo()).isEmpty();
        }

        @Test
        void gets_one_message_from_several_sweeps() {
            loop.plan(100, 50).lose(false);
            fixture.time.pass(Duration.ofMinutes(40));

            assertThat(loop.sweepOnce().requeued()).isEqualTo(2);
            assertThat(loop.sweepOnce().requeued()).isZero();
            assertThat(loop.queued()).isEqualTo(2);
        }

        @Test
        void gets_another_message_when_that_one_is_lost_too() {
            loop.plan(100, 50).lose(true);
            loop.workFor(Duration.ofHours(1));
            loop.lose(false);

            loop.workFor(Duration.ofHours(1));

            assertThat(loop.run().status()).isEqualTo(RunStatus.SETTLED);
        }
    }

    @Test
    void does_not_requeue_chunks_whose_message_waits_in_the_backlog() {
        fixture.accounts.set(new Account(1, -1, 0, true, true));
        loop.plan(5_000, 125);

        loop.workFor(Duration.ofHours(2));

        assertThat(loop.run().status()).isEqualTo(RunStatus.SETTLED);
        assertThat(loop.sweeps).extracting(SweepReport::requeued).containsOnly(0);
        assertThat(fixture.sentTo()).doesNotHaveDuplicates();
    }

    @Test
    void enqueues_a_planned_run_whose_intake_crashed() {
        loop.planned(100, 50, RunStatus.PLANNED);
        loop.workFor(Duration.ofMinutes(10));
        assertThat(fixture.sentTo()).isEmpty();

        loop.workFor(Duration.ofMinutes(10));

        assertThat(loop.run().status()).isEqualTo(RunStatus.SETTLED);
        assertThat(fixture.sentTo()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void requeues_a_chunk_whose_claims_are_stale() {
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, SendStatus.SENDING, RUN, Duration.ZERO);

        loop.workFor(Duration.ofHours(1));

        assertThat(fixture.record(3).status()).isEqualTo(SendStatus.UNKNOWN);
        assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 2L, RowOutcome.UNKNOWN, 1L)));
    }

    @Test
    void requeues_a_chunk_with_waiting_rows() {
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, SendStatus.WAITING, RUN, Duration.ZERO);

        loop.workFor(Duration.ofHours(1));

        assertThat(fixture.sentTo()).hasSize(3);
    }

    @Nested
    class An_unknown_outcome {
        @Test
        void is_held_after_24_hours_and_not_before() {
            loop.plan(2, 2);
            fixture.mailer.answer(message ->
                    message.to().startsWith("person2@") ? new Outcome.Unknown("500") : FakeMailer.accepted(message));
            loop.workFor(Duration.ofHours(23));
            assertThat(fixture.record(2).status()).isEqualTo(SendStatus.UNKNOWN);
            assertThat(loop.sweeps.getLast().held()).isZero();

            loop.workFor(Duration.ofHours(2));

            assertThat(fixture.record(2).status()).isEqualTo(SendStatus.HELD);
            assertThat(loop.sweeps)
                    .extracting(SweepReport::newlyHeld)
                    .filteredOn(newly -> newly > 0)
                    .containsExactly(1);
            assertThat(loop.sweeps.getLast().held()).isEqualTo(1);
            assertThat(fixture.runs.open()).containsExactly(RUN);
        }

        @Test
        void is_not_held_when_it_is_settled_in_between() {
            loop.plan(1, 1);
            fixture.recorded(2, SendStatus.UNKNOWN, RUN, Duration.ofHours(25));
            var seen = fixture.record(2);
            fixture.ledger.settle(
                    seen.key(), seen.token(), Trigger.ACCEPT, fixture.time.now(), Optional.of("id"), Optional.empty());

            assertThat(fixture.ledger.held(seen.key(), seen.token(), fixture.time.now()))
                    .isFalse();
            assertThat(fixture.record(2).status()).isEqualTo(SendStatus.ACCEPTED);
        }
    }

    @Nested
    class The_invariant {
        @Test
        void is_stored_while_the_run_is_sending() {
            fixture.accounts.set(new Account(1, -1, 0, true, true));
            loop.plan(2_000, 500);

            loop.workFor(Duration.ofMinutes(12));

            assertThat(loop.reconciliation().holds()).isTrue();
            assertThat(loop.reconciliation().tally().rows()).isEqualTo(2_000);
            assertThat(loop.reconciliation().tally().of(RowOutcome.ACCEPTED)).isBetween(100L, 900L);
            assertThat(loop.reconciliation().tally().of(RowOutcome.PENDING)).isPositive();
        }

        @Test
        void includes_changes_by_feedback_after_the_run_was_settled() {
            loop.plan(3, 3).workFor(Duration.ofMinutes(5));
            fixture.recorded(2, SendStatus.DELIVERED, RUN, Duration.ZERO);

            loop.workFor(Duration.ofMinutes(30));

            assertThat(loop.reconciliation().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 1L, RowOutcome.ACCEPTED, 2L)));
            assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 3L)));
        }

        @Test
        void is_broken_when_a_settled_runs_record_is_missing() {
            loop.plan(3, 3).workFor(Duration.ofMinutes(5));
            fixture.recorded(3, SendStatus.ACCEPTED, OTHER_RUN, Duration.ZERO);

            loop.workFor(Duration.ofMinutes(30));

            assertThat(loop.reconciliation().holds()).isFalse();
            assertThat(loop.sweeps.getLast().broken()).isEqualTo(1);
            assertThat(fixture.runs.open()).containsExactly(RUN);
        }

        @Test
        void is_computed_at_growing_intervals() {
            loop.plan(3, 3).workFor(Duration.ofMinutes(1));
            var counts = new HashSet<Instant>();
            for (int i = 0; i < 24 * 60; i++) {
                loop.workFor(MINUTE);
                counts.add(loop.reconciliation().at());
            }

            assertThat(counts).hasSizeBetween(5, 16);
        }
    }

    @Nested
    class A_run {
        private final SenderLoop hourly = new SenderLoop(Optional.empty(), Duration.ofHours(1));

        @Test
        void is_reconciled_again_when_a_letter_bounces_long_after_all_were_delivered() {
            hourly.plan(2, 2).workFor(Duration.ofMinutes(5));
            hourly.fixture.recorded(2, SendStatus.DELIVERED, RUN, Duration.ZERO);
            hourly.fixture.recorded(3, SendStatus.DELIVERED, RUN, Duration.ZERO);
            hourly.workFor(Duration.ofDays(6));
            assertThat(hourly.reconciliation().tally()).isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 2L)));

            hourly.fixture.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
            hourly.workFor(Duration.ofDays(1).plusHours(2));

            assertThat(hourly.reconciliation().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 1L, RowOutcome.BOUNCED, 1L)));
        }

        @Test
        void is_closed_when_no_more_events_are_expected() {
            hourly.plan(2, 2).workFor(Duration.ofDays(13));
            assertThat(hourly.fixture.runs.open()).containsExactly(RUN);

            hourly.workFor(Duration.ofDays(2));

            assertThat(hourly.fixture.runs.open()).isEmpty();
            assertThat(hourly.sweepOnce()).isEqualTo(SweepReport.NOTHING);
        }

        @Test
        void is_reconciled_a_last_time_when_no_more_events_are_expected() {
            hourly.plan(2, 2).workFor(Duration.ofDays(13).plusHours(23));
            hourly.fixture.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);

            hourly.workFor(Duration.ofHours(3));

            assertThat(hourly.reconciliation().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L, RowOutcome.BOUNCED, 1L)));
            assertThat(hourly.fixture.runs.open()).isEmpty();
        }

        @Test
        void stays_open_as_long_as_another_run_of_its_notice() {
            hourly.plan(2, 2).workFor(Duration.ofDays(10));
            hourly.planDecision(OTHER_RUN);

            hourly.workFor(Duration.ofDays(13));
            assertThat(hourly.fixture.runs.open()).containsExactlyInAnyOrder(RUN, OTHER_RUN);
            hourly.workFor(Duration.ofDays(2));
            assertThat(hourly.fixture.runs.open()).isEmpty();
        }

        @Test
        void stays_open_while_a_record_is_held() {
            hourly.plan(2, 2).workFor(Duration.ofHours(1));
            hourly.fixture.recorded(3, SendStatus.UNKNOWN, RUN, Duration.ZERO);

            hourly.workFor(Duration.ofDays(20));

            assertThat(hourly.fixture.record(3).status()).isEqualTo(SendStatus.HELD);
            assertThat(hourly.fixture.runs.open()).containsExactly(RUN);
        }

        @Test
        void is_late_after_one_and_a_half_times_its_forecast_and_an_hour() {
            loop.plan(100, 50).lose(true);

            loop.workFor(Duration.ofMinutes(59));
            assertThat(loop.sweeps).extracting(SweepReport::late).containsOnly(0);
            loop.workFor(Duration.ofMinutes(5));
            assertThat(loop.sweeps.getLast().late()).isEqualTo(1);
        }
    }

    @Test
    void a_redriven_dead_letter_only_changes_unfinished_rows() {
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(2, SendStatus.ACCEPTED, RUN, MINUTE);
        fixture.recorded(3, SendStatus.UNKNOWN, RUN, MINUTE);
        var message = WorkMessage.first(RUN, 0);
        fixture.dispatch(message, DispatchFixture.REMAINING);
        assertThat(fixture.sentTo()).containsExactly("person4@post.example");

        assertThat(fixture.dispatch(message, DispatchFixture.REMAINING)).isEqualTo(new Dispatched.AlreadySettled());

        assertThat(fixture.sentTo()).containsExactly("person4@post.example");
        assertThat(fixture.record(3).status()).isEqualTo(SendStatus.UNKNOWN);
    }

    @Test
    void a_notice_that_fails_does_not_stop_the_others() {
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.runs.create(ofAnotherNotice());
        fixture.time.pass(Duration.ofHours(1));

        assertThatThrownBy(loop::sweepOnce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("notice break-in/gone has runs and is not frozen");
        assertThat(loop.queued()).isEqualTo(1);
    }

    private Run ofAnotherNotice() {
        var run = loop.run();
        return new Run(
                OTHER_RUN,
                run.incident(),
                "gone",
                RunStatus.SENDING,
                run.list(),
                run.factsSha256(),
                run.letters(),
                0,
                0,
                0,
                Tally.NONE,
                Map.of(),
                run.startedAt(),
                Optional.empty());
    }
}
