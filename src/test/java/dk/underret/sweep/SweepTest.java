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
    private final SenderLoop office = new SenderLoop();
    private final DispatchFixture desk = office.desk;

    @Test
    void does_nothing_and_asks_nobody_where_no_run_is_open() {
        desk.accounts.set(null);

        assertThat(office.sweepOnce()).isEqualTo(SweepReport.NOTHING);
    }

    @Nested
    class A_chunk_that_no_message_points_at {
        @Test
        void is_sent_within_the_hour_after_its_message_was_lost() {
            office.plan(100, 50).lose(false);

            office.workFor(Duration.ofHours(1));

            assertThat(office.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 100L)));
            assertThat(desk.told()).hasSize(100).doesNotHaveDuplicates();
        }

        @Test
        void stays_unsent_without_the_sweep() {
            office.plan(100, 50).lose(false);

            assertThat(office.queued()).isZero();
            assertThat(desk.told()).isEmpty();
        }

        @Test
        void gets_one_message_however_many_sweeps_look_at_it() {
            office.plan(100, 50).lose(false);
            desk.time.pass(Duration.ofMinutes(40));

            assertThat(office.sweepOnce().requeued()).isEqualTo(2);
            assertThat(office.sweepOnce().requeued()).isZero();
            assertThat(office.queued()).isEqualTo(2);
        }

        @Test
        void gets_another_where_that_one_is_lost_too() {
            office.plan(100, 50).lose(true);
            office.workFor(Duration.ofHours(1));
            office.lose(false);

            office.workFor(Duration.ofHours(1));

            assertThat(office.run().status()).isEqualTo(RunStatus.SETTLED);
        }
    }

    @Test
    void leaves_messages_alone_that_only_wait_for_their_turn() {
        desk.accounts.set(new Account(1, -1, 0, true, true));
        office.plan(5_000, 125);

        office.workFor(Duration.ofHours(2));

        assertThat(office.run().status()).isEqualTo(RunStatus.SETTLED);
        assertThat(office.sweeps).extracting(SweepReport::requeued).containsOnly(0);
        assertThat(desk.told()).doesNotHaveDuplicates();
    }

    @Test
    void enqueues_a_planned_run_whose_intake_died() {
        office.planned(100, 50, RunStatus.PLANNED);
        office.workFor(Duration.ofMinutes(10));
        assertThat(desk.told()).isEmpty();

        office.workFor(Duration.ofMinutes(10));

        assertThat(office.run().status()).isEqualTo(RunStatus.SETTLED);
        assertThat(desk.told()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void brings_back_a_chunk_whose_claims_went_stale() {
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, SendStatus.SENDING, RUN, Duration.ZERO);

        office.workFor(Duration.ofHours(1));

        assertThat(desk.record(3).status()).isEqualTo(SendStatus.UNKNOWN);
        assertThat(office.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 2L, RowOutcome.UNKNOWN, 1L)));
    }

    @Test
    void goes_on_with_rows_that_wait_where_nobody_else_does() {
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, SendStatus.WAITING, RUN, Duration.ZERO);

        office.workFor(Duration.ofHours(1));

        assertThat(desk.told()).hasSize(3);
    }

    @Nested
    class An_unknown_outcome {
        @Test
        void is_a_persons_to_decide_after_24_hours_and_not_before() {
            office.plan(2, 2);
            desk.mailer.answer(message ->
                    message.to().startsWith("person2@") ? new Outcome.Unknown("500") : FakeMailer.accepted(message));
            office.workFor(Duration.ofHours(23));
            assertThat(desk.record(2).status()).isEqualTo(SendStatus.UNKNOWN);
            assertThat(office.sweeps.getLast().held()).isZero();

            office.workFor(Duration.ofHours(2));

            assertThat(desk.record(2).status()).isEqualTo(SendStatus.HELD);
            assertThat(office.sweeps)
                    .extracting(SweepReport::newlyHeld)
                    .filteredOn(newly -> newly > 0)
                    .containsExactly(1);
            assertThat(office.sweeps.getLast().held()).isEqualTo(1);
            assertThat(desk.runs.open()).containsExactly(RUN);
        }

        @Test
        void is_left_to_its_event_where_that_comes_in_between() {
            office.plan(1, 1);
            desk.recorded(2, SendStatus.UNKNOWN, RUN, Duration.ofHours(25));
            var seen = desk.record(2);
            desk.ledger.settle(
                    seen.key(), seen.token(), Trigger.ACCEPT, desk.time.now(), Optional.of("id"), Optional.empty());

            assertThat(desk.ledger.held(seen.key(), seen.token(), desk.time.now()))
                    .isFalse();
            assertThat(desk.record(2).status()).isEqualTo(SendStatus.ACCEPTED);
        }
    }

    @Nested
    class The_invariant {
        @Test
        void is_stored_while_the_run_goes_on() {
            desk.accounts.set(new Account(1, -1, 0, true, true));
            office.plan(2_000, 500);

            office.workFor(Duration.ofMinutes(12));

            assertThat(office.count().holds()).isTrue();
            assertThat(office.count().tally().rows()).isEqualTo(2_000);
            assertThat(office.count().tally().of(RowOutcome.ACCEPTED)).isBetween(100L, 900L);
            assertThat(office.count().tally().of(RowOutcome.PENDING)).isPositive();
        }

        @Test
        void counts_what_feedback_changed_after_the_run_was_settled() {
            office.plan(3, 3).workFor(Duration.ofMinutes(5));
            desk.recorded(2, SendStatus.DELIVERED, RUN, Duration.ZERO);

            office.workFor(Duration.ofMinutes(30));

            assertThat(office.count().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 1L, RowOutcome.ACCEPTED, 2L)));
            assertThat(office.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 3L)));
        }

        @Test
        void is_broken_where_a_settled_runs_record_is_gone() {
            office.plan(3, 3).workFor(Duration.ofMinutes(5));
            desk.recorded(3, SendStatus.ACCEPTED, OTHER_RUN, Duration.ZERO);

            office.workFor(Duration.ofMinutes(30));

            assertThat(office.count().holds()).isFalse();
            assertThat(office.sweeps.getLast().broken()).isEqualTo(1);
            assertThat(desk.runs.open()).containsExactly(RUN);
        }

        @Test
        void is_counted_ever_more_rarely() {
            office.plan(3, 3).workFor(Duration.ofMinutes(1));
            var counts = new HashSet<Instant>();
            for (int i = 0; i < 24 * 60; i++) {
                office.workFor(MINUTE);
                counts.add(office.count().at());
            }

            assertThat(counts).hasSizeBetween(5, 16);
        }
    }

    @Nested
    class A_run {
        private final SenderLoop rare = new SenderLoop(Optional.empty(), Duration.ofHours(1));

        @Test
        void is_counted_again_when_a_letter_bounces_long_after_all_were_delivered() {
            rare.plan(2, 2).workFor(Duration.ofMinutes(5));
            rare.desk.recorded(2, SendStatus.DELIVERED, RUN, Duration.ZERO);
            rare.desk.recorded(3, SendStatus.DELIVERED, RUN, Duration.ZERO);
            rare.workFor(Duration.ofDays(6));
            assertThat(rare.count().tally()).isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 2L)));

            rare.desk.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
            rare.workFor(Duration.ofDays(1).plusHours(2));

            assertThat(rare.count().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 1L, RowOutcome.BOUNCED, 1L)));
        }

        @Test
        void is_closed_when_no_event_can_come_any_more() {
            rare.plan(2, 2).workFor(Duration.ofDays(13));
            assertThat(rare.desk.runs.open()).containsExactly(RUN);

            rare.workFor(Duration.ofDays(2));

            assertThat(rare.desk.runs.open()).isEmpty();
            assertThat(rare.sweepOnce()).isEqualTo(SweepReport.NOTHING);
        }

        @Test
        void is_counted_a_last_time_when_no_event_can_come_any_more() {
            rare.plan(2, 2).workFor(Duration.ofDays(13).plusHours(23));
            rare.desk.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);

            rare.workFor(Duration.ofHours(3));

            assertThat(rare.count().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L, RowOutcome.BOUNCED, 1L)));
            assertThat(rare.desk.runs.open()).isEmpty();
        }

        @Test
        void stays_open_as_long_as_another_of_its_notice() {
            rare.plan(2, 2).workFor(Duration.ofDays(10));
            rare.decided(OTHER_RUN);

            rare.workFor(Duration.ofDays(13));
            assertThat(rare.desk.runs.open()).containsExactlyInAnyOrder(RUN, OTHER_RUN);
            rare.workFor(Duration.ofDays(2));
            assertThat(rare.desk.runs.open()).isEmpty();
        }

        @Test
        void stays_open_while_a_person_is_waited_for() {
            rare.plan(2, 2).workFor(Duration.ofHours(1));
            rare.desk.recorded(3, SendStatus.UNKNOWN, RUN, Duration.ZERO);

            rare.workFor(Duration.ofDays(20));

            assertThat(rare.desk.record(3).status()).isEqualTo(SendStatus.HELD);
            assertThat(rare.desk.runs.open()).containsExactly(RUN);
        }

        @Test
        void is_late_when_it_could_have_been_finished() {
            office.plan(100, 50).lose(true);

            office.workFor(Duration.ofMinutes(59));
            assertThat(office.sweeps).extracting(SweepReport::late).containsOnly(0);
            office.workFor(Duration.ofMinutes(5));
            assertThat(office.sweeps.getLast().late()).isEqualTo(1);
        }
    }

    @Test
    void a_dead_letter_that_is_put_back_only_moves_unfinished_rows() {
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(2, SendStatus.ACCEPTED, RUN, MINUTE);
        desk.recorded(3, SendStatus.UNKNOWN, RUN, MINUTE);
        var message = WorkMessage.first(RUN, 0);
        desk.dispatch(message, DispatchFixture.REMAINING);
        assertThat(desk.told()).containsExactly("person4@post.example");

        assertThat(desk.dispatch(message, DispatchFixture.REMAINING)).isEqualTo(new Dispatched.AlreadySettled());

        assertThat(desk.told()).containsExactly("person4@post.example");
        assertThat(desk.record(3).status()).isEqualTo(SendStatus.UNKNOWN);
    }

    @Test
    void a_notice_that_fails_keeps_no_other_from_its_turn() {
        office.planned(3, 3, RunStatus.SENDING);
        desk.runs.create(ofAnotherNotice());
        desk.time.pass(Duration.ofHours(1));

        assertThatThrownBy(office::sweepOnce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("notice break-in/gone has runs and is not frozen");
        assertThat(office.queued()).isEqualTo(1);
    }

    private Run ofAnotherNotice() {
        var run = office.run();
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
