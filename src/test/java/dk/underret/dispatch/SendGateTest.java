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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendGateTest {
    private final SenderLoop loop = new SenderLoop();
    private final DispatchFixture fixture = loop.fixture;

    @BeforeEach
    void ses_takes_fourteen_letters_a_second() {
        fixture.accounts.set(new Accounts.Account(14, -1, 0, true, true));
    }

    private Set<SendStatus> statuses() {
        return fixture.ledger.records().values().stream()
                .map(record -> record.status())
                .collect(Collectors.toSet());
    }

    @Nested
    class A_notice_that_is_paused {
        @Test
        void stops_within_the_letters_in_flight_and_continues_when_a_person_resumes_it() {
            loop.plan(500, 100);
            fixture.mailer.answer(message -> {
                if (fixture.mailer.posted().size() == 50) fixture.incidents.pause(NOTICE, fixture.time.now());
                return FakeMailer.accepted(message);
            });

            loop.workFor(Duration.ofDays(2));
            // plus one second's letters, because the gate reads the facts once per second
            assertThat(fixture.mailer.posted()).hasSizeBetween(50, 50 + 14);
            assertThat(statuses()).containsExactly(SendStatus.ACCEPTED);
            assertThat(loop.queued()).isZero();

            fixture.incidents.with(NOTICE, Map.of("paused", false));
            loop.workFor(Duration.ofMinutes(5));
            assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 500L)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"draft", "closed"})
        void is_not_sent_at_all_when_its_facts_are_no_longer_approved(String status) {
            fixture.incidents.with(NOTICE, Map.of("status", status));

            loop.plan(5, 5).workFor(Duration.ofMinutes(5));

            assertThat(loop.results).containsExactly(new Parked(StopReason.NOT_APPROVED));
            assertThat(fixture.mailer.posted()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"draft", "closed"})
        void stops_when_its_facts_are_set_back_in_mid_run_and_continues_when_they_are_approved(String status) {
            loop.plan(500, 100);
            fixture.mailer.answer(message -> {
                if (fixture.mailer.posted().size() == 50) fixture.incidents.with(NOTICE, Map.of("status", status));
                return FakeMailer.accepted(message);
            });

            loop.workFor(Duration.ofDays(2));
            assertThat(fixture.mailer.posted()).hasSizeBetween(50, 50 + 14);
            assertThat(loop.queued()).isZero();

            fixture.incidents.with(NOTICE, Map.of("status", "approved"));
            loop.workFor(Duration.ofMinutes(5));
            assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 500L)));
        }
    }

    @Test
    void a_notice_is_not_sent_before_its_time() {
        fixture.incidents.with(NOTICE, Map.of("send_after", "2026-03-02T10:00:00Z"));
        loop.plan(5, 5).workFor(Duration.ofMinutes(119));
        assertThat(loop.results).containsExactly(new Parked(StopReason.NOT_YET));
        assertThat(fixture.mailer.posted()).isEmpty();

        loop.workFor(Duration.ofMinutes(3));

        assertThat(fixture.sentTo()).hasSize(5);
    }

    @Test
    void no_hour_has_more_letters_than_max_per_hour() {
        fixture.incidents.with(NOTICE, Map.of("max_per_hour", new BigDecimal(10)));
        var sent = new ArrayList<Instant>();
        fixture.mailer.answer(message -> {
            sent.add(fixture.time.now());
            return FakeMailer.accepted(message);
        });

        loop.plan(40, 8).workFor(Duration.ofHours(5));

        assertThat(loop.run().status()).isEqualTo(RunStatus.SETTLED);
        for (var from : sent)
            assertThat(sent.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plus(Duration.ofHours(1)))))
                    .hasSizeLessThanOrEqualTo(10);
        assertThat(Duration.between(sent.getFirst(), sent.getLast()))
                .isBetween(Duration.ofHours(3), Duration.ofHours(5));
    }

    /** The thread that acquires the permit must use it, although the other threads find none. */
    @RepeatedTest(50)
    void an_acquired_permit_is_used_although_other_threads_wait_for_the_next() {
        fixture.inFlight = 7;
        fixture.incidents.with(NOTICE, Map.of("max_per_hour", new BigDecimal(10)));

        var end = fixture.with(DispatchFixture.people(20)).dispatch();

        assertThat(end).isEqualTo(new LeftOpen(StopReason.HOURLY, Duration.ofMinutes(12)));
        assertThat(fixture.mailer.posted()).hasSize(1);
    }

    @Nested
    class Ses_in_doubt {
        @Test
        void stops_after_five_ambiguous_outcomes_of_twenty_and_sends_nothing_more() {
            loop.plan(500, 100);
            fixture.mailer.answer(message -> new Outcome.Unknown("503"));

            loop.workFor(Duration.ofSeconds(20));

            assertThat(fixture.incidents.hold().orElseThrow().reason()).isEqualTo(HoldReason.DOUBT);
            assertThat(fixture.ledger.records().values()).hasSize(5);
            assertThat(statuses()).containsExactly(SendStatus.UNKNOWN);
        }

        @Test
        void is_probed_with_one_row_at_growing_intervals_and_all_rows_are_sent_after_it_recovers() {
            loop.plan(500, 100);
            var recovery = fixture.time.now().plus(Duration.ofMinutes(10));
            var probes = new ArrayList<Instant>();
            fixture.mailer.answer(message -> {
                if (!fixture.time.now().isBefore(recovery)) return FakeMailer.accepted(message);
                probes.add(fixture.time.now());
                return new Outcome.Unknown("503");
            });

            loop.workFor(Duration.ofMinutes(45));

            var lost = fixture.ledger.records().values().stream()
                    .filter(record -> record.status() == SendStatus.UNKNOWN)
                    .count();
            // five at first, then one each after 1, 2, 4 and 8 minutes, until SES recovers
            assertThat(lost).isBetween(5L + 3, 5L + 4).isEqualTo(probes.size());
            assertThat(loop.run().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.UNKNOWN, lost, RowOutcome.ACCEPTED, 500 - lost)));
            assertThat(fixture.incidents.hold()).isEmpty();
            assertThat(fixture.sentTo()).doesNotHaveDuplicates();
        }

        @Test
        void four_ambiguous_outcomes_of_twenty_do_not_stop_sending() {
            loop.plan(500, 100);
            var sent = new AtomicInteger();
            fixture.mailer.answer(message ->
                    sent.incrementAndGet() % 5 == 0 ? new Outcome.Unknown("503") : FakeMailer.accepted(message));

            loop.workFor(Duration.ofMinutes(5));

            assertThat(loop.run().status()).isEqualTo(RunStatus.SETTLED);
            assertThat(loop.sweeps).extracting(SweepReport::onHold).containsOnly(false);
        }
    }

    @Test
    void five_equal_refusals_of_recipients_in_a_row_pause_the_notice() {
        loop.plan(500, 100);
        fixture.mailer.answer(message -> new Refused(Refused.Scope.RECIPIENT, "MessageRejected"));

        loop.workFor(Duration.ofMinutes(5));

        assertThat(fixture.incidents.notice(NOTICE).orElseThrow().facts()).containsEntry("paused", true);
        assertThat(statuses()).containsExactly(SendStatus.FAILED);
        assertThat(fixture.mailer.posted()).hasSize(5);
        assertThat(fixture.incidents.hold()).isEmpty();
    }

    @Test
    void refusals_with_an_accepted_letter_between_them_do_not_pause_the_notice() {
        loop.plan(100, 100);
        var sent = new AtomicInteger();
        fixture.mailer.answer(message -> sent.incrementAndGet() % 4 == 0
                ? FakeMailer.accepted(message)
                : new Refused(Refused.Scope.RECIPIENT, "MessageRejected"));

        loop.workFor(Duration.ofMinutes(5));

        assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 25L, RowOutcome.FAILED, 75L)));
    }

    @Nested
    class The_bounce_breaker {
        private void bounced(int count, int settled) {
            loop.planned(settled + 100, 100, RunStatus.SENDING);
            for (int chunk = 0; chunk < settled / 100; chunk++)
                fixture.runs.settle(RUN, chunk, new Tally(Map.of(RowOutcome.ACCEPTED, 100L)), fixture.time.now());
            for (int i = 0; i < settled; i++)
                fixture.recorded(i + 2, i < count ? SendStatus.BOUNCED : SendStatus.ACCEPTED, RUN, Duration.ZERO);
        }

        @Test
        void pauses_a_notice_with_more_than_four_percent() {
            bounced(21, 500);

            assertThat(loop.sweepOnce().paused()).isEqualTo(1);
            assertThat(loop.sweepOnce().paused()).isZero();
            assertThat(fixture.incidents.notice(NOTICE).orElseThrow().facts()).containsEntry("paused", true);
        }

        @Test
        void does_not_pause_a_notice_with_four_percent() {
            bounced(20, 500);

            assertThat(loop.sweepOnce().paused()).isZero();
        }

        @Test
        void does_not_pause_a_notice_with_fewer_than_five_hundred_letters_sent() {
            bounced(300, 400);

            assertThat(loop.sweepOnce().paused()).isZero();
        }

        /** The notice is not spread, so that all its records are in one partition. */
        @Test
        void counts_more_than_a_thousand_bounces_in_one_partition() {
            bounced(1_010, 25_000);

            assertThat(loop.sweepOnce().paused()).isEqualTo(1);
        }

        @Test
        void uses_the_limit_in_the_facts() {
            fixture.incidents.with(NOTICE, Map.of("bounce_limit", new BigDecimal("0.1")));
            bounced(50, 500);

            assertThat(loop.sweepOnce().paused()).isZero();
        }
    }

    @Test
    void forty_thousand_people_take_four_days_at_ten_thousand_a_day_without_intervention() {
        var ses = new LimitedAccount(10_000);
        var slow = new SenderLoop(Optional.of(ses), Duration.ofMinutes(15));
        ses.time = slow.fixture.time;
        slow.fixture.mailer.answer(ses::send);
        slow.plan(40_000, 500);

        slow.workFor(Duration.ofHours(72));
        assertThat(slow.run().status()).isEqualTo(RunStatus.SENDING);
        slow.workFor(Duration.ofHours(5));

        assertThat(slow.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 40_000L)));
        assertThat(slow.fixture.incidents.hold()).isEmpty();
        assertThat(ses.refused).isLessThan(100);
        assertThat(slow.received()).isLessThan(2_000);
    }

    /** An account with a quota over the last 24 hours, at 14 letters per second. */
    private static final class LimitedAccount implements Accounts {
        private final int quota;
        private final ArrayDeque<Instant> sent = new ArrayDeque<>();
        private TimeSource time = TimeSource.SYSTEM;
        private int refused;

        LimitedAccount(int quota) {
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
