package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.NOTICE;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.dispatch.Dispatched.LeftOpen;
import dk.underret.dispatch.Dispatched.Parked;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.run.Accounts;
import dk.underret.run.RunStatus;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import dk.underret.sweep.SweepReport;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.SenderLoop;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SendGateTest {
    private final SenderLoop office = new SenderLoop();
    private final DispatchFixture desk = office.desk;

    @BeforeEach
    void ses_takes_fourteen_letters_a_second() {
        desk.accounts.set(new Accounts.Account(14, -1, 0, true, true));
    }

    private Set<SendStatus> statuses() {
        return desk.ledger.records().values().stream()
                .map(record -> record.status())
                .collect(Collectors.toSet());
    }

    @Nested
    class A_notice_that_is_paused {
        @Test
        void stops_within_the_letters_in_flight_and_goes_on_when_a_person_lifts_it() {
            office.plan(500, 100);
            desk.mailer.answer(message -> {
                if (desk.mailer.posted().size() == 50) desk.incidents.pause(NOTICE);
                return FakeMailer.accepted(message);
            });

            office.workFor(Duration.ofDays(2));
            // and a second's letters, after which the brakes are read again
            assertThat(desk.mailer.posted()).hasSizeBetween(50, 50 + 14);
            assertThat(statuses()).containsExactly(SendStatus.ACCEPTED);
            assertThat(office.queued()).isZero();

            desk.incidents.with(NOTICE, Map.of("paused", false));
            office.workFor(Duration.ofMinutes(5));
            assertThat(office.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 500L)));
        }

        @Test
        void is_not_sent_at_all_where_it_was_closed() {
            desk.incidents.with(NOTICE, Map.of("status", "closed"));

            office.plan(5, 5).workFor(Duration.ofMinutes(5));

            assertThat(office.ends).containsExactly(new Parked(StopReason.PAUSED));
            assertThat(desk.mailer.posted()).isEmpty();
        }
    }

    @Test
    void a_notice_is_not_sent_before_its_time() {
        desk.incidents.with(NOTICE, Map.of("send_after", "2026-03-02T10:00:00Z"));
        office.plan(5, 5).workFor(Duration.ofMinutes(119));
        assertThat(office.ends).containsExactly(new Parked(StopReason.NOT_YET));
        assertThat(desk.mailer.posted()).isEmpty();

        office.workFor(Duration.ofMinutes(3));

        assertThat(desk.told()).hasSize(5);
    }

    @Test
    void no_more_letters_go_out_in_any_hour_than_a_person_allowed() {
        desk.incidents.with(NOTICE, Map.of("max_per_hour", new BigDecimal(10)));
        var sent = new ArrayList<Instant>();
        desk.mailer.answer(message -> {
            sent.add(desk.time.now());
            return FakeMailer.accepted(message);
        });

        office.plan(40, 8).workFor(Duration.ofHours(5));

        assertThat(office.run().status()).isEqualTo(RunStatus.SETTLED);
        for (var from : sent)
            assertThat(sent.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plus(Duration.ofHours(1)))))
                    .hasSizeLessThanOrEqualTo(10);
        assertThat(Duration.between(sent.getFirst(), sent.getLast()))
                .isBetween(Duration.ofHours(3), Duration.ofHours(5));
    }

    /** Of many threads that look for a turn, the one that finds it has to use it, whatever the others find. */
    @RepeatedTest(50)
    void a_turn_that_is_taken_is_used_however_many_look_for_the_next() {
        desk.inFlight = 7;
        desk.incidents.with(NOTICE, Map.of("max_per_hour", new BigDecimal(10)));

        var end = desk.with(DispatchFixture.people(20)).dispatch();

        assertThat(end).isEqualTo(new LeftOpen(StopReason.HOURLY, Duration.ofMinutes(12)));
        assertThat(desk.mailer.posted()).hasSize(1);
    }

    @Nested
    class Ses_in_doubt {
        @Test
        void stops_after_five_ambiguous_of_twenty_and_leaves_the_rest_of_the_list_alone() {
            office.plan(500, 100);
            desk.mailer.answer(message -> new Outcome.Unknown("503"));

            office.workFor(Duration.ofSeconds(20));

            assertThat(desk.incidents.hold().orElseThrow().reason()).isEqualTo(HoldReason.DOUBT);
            assertThat(desk.ledger.records().values()).hasSize(5);
            assertThat(statuses()).containsExactly(SendStatus.UNKNOWN);
        }

        @Test
        void is_probed_by_one_row_at_growing_distances_and_everybody_is_told_when_it_is_cured() {
            office.plan(500, 100);
            var cured = desk.time.now().plus(Duration.ofMinutes(10));
            var probes = new ArrayList<Instant>();
            desk.mailer.answer(message -> {
                if (!desk.time.now().isBefore(cured)) return FakeMailer.accepted(message);
                probes.add(desk.time.now());
                return new Outcome.Unknown("503");
            });

            office.workFor(Duration.ofMinutes(45));

            var lost = desk.ledger.records().values().stream()
                    .filter(record -> record.status() == SendStatus.UNKNOWN)
                    .count();
            // five at first, then one after 1, 2, 4 and 8 minutes, if the cure didn't come before
            assertThat(lost).isBetween(5L + 3, 5L + 4).isEqualTo(probes.size());
            assertThat(office.run().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.UNKNOWN, lost, RowOutcome.ACCEPTED, 500 - lost)));
            assertThat(desk.incidents.hold()).isEmpty();
            assertThat(desk.told()).doesNotHaveDuplicates();
        }

        @Test
        void four_ambiguous_of_twenty_are_no_doubt() {
            office.plan(500, 100);
            var sent = new AtomicInteger();
            desk.mailer.answer(message ->
                    sent.incrementAndGet() % 5 == 0 ? new Outcome.Unknown("503") : FakeMailer.accepted(message));

            office.workFor(Duration.ofMinutes(5));

            assertThat(office.run().status()).isEqualTo(RunStatus.SETTLED);
            assertThat(office.sweeps).extracting(SweepReport::onHold).containsOnly(false);
        }
    }

    @Test
    void five_equal_refusals_of_recipients_in_a_row_pause_the_notice() {
        office.plan(500, 100);
        desk.mailer.answer(message -> new Refused(Refused.Scope.RECIPIENT, "MessageRejected"));

        office.workFor(Duration.ofMinutes(5));

        assertThat(desk.incidents.notice(NOTICE).orElseThrow().facts()).containsEntry("paused", true);
        assertThat(statuses()).containsExactly(SendStatus.FAILED);
        assertThat(desk.mailer.posted()).hasSize(5);
        assertThat(desk.incidents.hold()).isEmpty();
    }

    @Test
    void refusals_with_a_letter_accepted_between_them_pause_nothing() {
        office.plan(100, 100);
        var sent = new AtomicInteger();
        desk.mailer.answer(message -> sent.incrementAndGet() % 4 == 0
                ? FakeMailer.accepted(message)
                : new Refused(Refused.Scope.RECIPIENT, "MessageRejected"));

        office.workFor(Duration.ofMinutes(5));

        assertThat(office.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 25L, RowOutcome.FAILED, 75L)));
    }

    @Nested
    class The_bounce_breaker {
        private void bounced(int count, int settled) {
            office.planned(settled + 100, 100, RunStatus.SENDING);
            for (int chunk = 0; chunk < settled / 100; chunk++)
                desk.runs.settle(RUN, chunk, new Tally(Map.of(RowOutcome.ACCEPTED, 100L)), desk.time.now());
            for (int i = 0; i < settled; i++)
                desk.recorded(i + 2, i < count ? SendStatus.BOUNCED : SendStatus.ACCEPTED, RUN, Duration.ZERO);
        }

        @Test
        void pauses_a_notice_over_four_in_a_hundred() {
            bounced(21, 500);

            assertThat(office.sweepOnce().paused()).isEqualTo(1);
            assertThat(office.sweepOnce().paused()).isZero();
            assertThat(desk.incidents.notice(NOTICE).orElseThrow().facts()).containsEntry("paused", true);
        }

        @Test
        void leaves_one_at_four_in_a_hundred() {
            bounced(20, 500);

            assertThat(office.sweepOnce().paused()).isZero();
        }

        @Test
        void says_nothing_of_fewer_than_five_hundred() {
            bounced(300, 400);

            assertThat(office.sweepOnce().paused()).isZero();
        }

        @Test
        void goes_by_the_limit_that_a_person_set() {
            desk.incidents.with(NOTICE, Map.of("bounce_limit", new BigDecimal("0.1")));
            bounced(50, 500);

            assertThat(office.sweepOnce().paused()).isZero();
        }
    }

    @Test
    void forty_thousand_people_take_four_days_at_ten_thousand_a_day_without_a_hand() {
        var ses = new Rationed(10_000);
        var slow = new SenderLoop(Optional.of(ses), Duration.ofMinutes(15));
        ses.time = slow.desk.time;
        slow.desk.mailer.answer(ses::send);
        slow.plan(40_000, 500);

        slow.workFor(Duration.ofHours(72));
        assertThat(slow.run().status()).isEqualTo(RunStatus.SENDING);
        slow.workFor(Duration.ofHours(5));

        assertThat(slow.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 40_000L)));
        assertThat(slow.desk.incidents.hold()).isEmpty();
        assertThat(ses.refused).isLessThan(100);
        assertThat(slow.taken()).isLessThan(2_000);
    }

    /** SES's quota over the last 24 hours, at 14 letters a second. */
    private static final class Rationed implements Accounts {
        private final int quota;
        private final ArrayDeque<Instant> sent = new ArrayDeque<>();
        private TimeSource time = TimeSource.SYSTEM;
        private int refused;

        Rationed(int quota) {
            this.quota = quota;
        }

        synchronized Outcome send(Mailer.Message message) {
            if (account().sentLast24Hours() >= quota) {
                refused++;
                return new Outcome.Deferred(Outcome.Deferred.DeferralReason.QUOTA, "LimitExceededException");
            }
            sent.addLast(time.now());
            return FakeMailer.accepted(message);
        }

        @Override
        public synchronized Account account() {
            var dayAgo = time.now().minus(Duration.ofHours(24));
            while (!sent.isEmpty() && !sent.getFirst().isAfter(dayAgo)) sent.removeFirst();
            return new Account(14, quota, sent.size(), true, true);
        }

        @Override
        public boolean verified(String address) {
            return true;
        }
    }
}
