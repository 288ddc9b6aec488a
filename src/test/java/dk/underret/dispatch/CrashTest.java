package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.MESSAGE;
import static dk.underret.dispatch.DispatchFixture.REMAINING;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.STALE;
import static dk.underret.dispatch.DispatchFixture.people;
import static dk.underret.dispatch.DispatchFixture.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.Dispatched.LeftOpen;
import dk.underret.dispatch.Dispatched.Settled;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Claim;
import dk.underret.ledger.Decision;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Trigger;
import dk.underret.run.StopReason;
import dk.underret.testing.FakeMailer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that crash, freeze, or work on the same chunk. A crash is an {@link Error} thrown by a port, so that no later code runs. */
class CrashTest {
    private final DispatchFixture fixture = new DispatchFixture();

    @Test
    void killed_before_the_claim_the_row_is_sent_once_on_redelivery() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.beforeClaim = CrashTest::kill;

        assertThatThrownBy(() -> fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING))
                .isInstanceOf(Killed.class);

        assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)), true));
        assertThat(fixture.mailer.posted()).hasSize(1);
    }

    @Test
    void killed_after_the_claim_the_row_is_unknown_and_not_sent_automatically() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = CrashTest::kill;

        assertThatThrownBy(() -> fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING))
                .isInstanceOf(Killed.class);

        assertThat(fixture.drain(MESSAGE))
                .last()
                .isEqualTo(new Settled(new Tally(Map.of(RowOutcome.UNKNOWN, 1L)), true));
        assertThat(fixture.mailer.posted()).isEmpty();
    }

    @Test
    void killed_after_the_post_the_row_is_unknown_and_not_sent_again() {
        fixture.with(person(2));
        fixture.mailer.answer(message -> {
            throw new Killed();
        });

        assertThatThrownBy(fixture::dispatch).isInstanceOf(Killed.class);
        fixture.mailer.answer(FakeMailer::accepted);

        assertThat(fixture.drain(MESSAGE))
                .last()
                .isEqualTo(new Settled(new Tally(Map.of(RowOutcome.UNKNOWN, 1L)), true));
        assertThat(fixture.mailer.posted()).hasSize(1);
    }

    @Test
    void killed_while_settling_the_chunk_totals_are_exact_after_redelivery() {
        fixture.with(people(30));
        var ledger = new Hooked(fixture.ledger);
        ledger.beforeRead = () -> {
            if (!fixture.mailer.posted().isEmpty()) kill();
        };

        assertThatThrownBy(() -> fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING))
                .isInstanceOf(Killed.class);

        assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 30L)), true));
        assertThat(fixture.sentTo()).hasSize(30).doesNotHaveDuplicates();
        assertThat(fixture.runs.run(RUN).orElseThrow().remaining()).isZero();
    }

    @Test
    void killed_in_mid_chunk_only_the_letter_whose_post_was_interrupted_is_unknown() {
        fixture.with(people(100));
        var killed = new AtomicBoolean();
        fixture.mailer.answer(message -> {
            if (message.to().startsWith("person50@") && killed.compareAndSet(false, true)) throw new Killed();
            return FakeMailer.accepted(message);
        });

        assertThatThrownBy(fixture::dispatch).isInstanceOf(Killed.class);

        assertThat(fixture.drain(MESSAGE))
                .last()
                .isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 99L, RowOutcome.UNKNOWN, 1L)), true));
        assertThat(fixture.sentTo()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void a_claim_whose_answer_was_lost_is_released_since_nothing_was_posted_under_it() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = () -> {
            throw new IllegalStateException("no answer");
        };

        assertThatThrownBy(() -> fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.WAITING);

        assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)), true));
        assertThat(fixture.mailer.posted()).hasSize(1);
    }

    @Test
    void a_settle_that_fails_leaves_the_claim_and_the_row_is_not_sent_again() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.beforeSettle = () -> {
            throw new IllegalStateException("throttled");
        };

        assertThatThrownBy(() -> fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING))
                .isExactlyInstanceOf(IllegalStateException.class);

        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.SENDING);
        assertThat(fixture.dispatch()).isEqualTo(new LeftOpen(StopReason.BUSY, STALE));
        assertThat(fixture.mailer.posted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 20 * 60})
    void frozen_after_its_claim_a_sender_does_not_post_and_the_row_is_sent_once(long seconds) {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = once(() -> fixture.time.pass(Duration.ofSeconds(seconds)));
        var dispatcher = fixture.dispatcher(ledger);

        var thawed = dispatcher.dispatch(MESSAGE, REMAINING.plusMinutes(30));

        assertThat(thawed).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)), true));
        assertThat(fixture.mailer.posted()).hasSize(1);
        assertThat(fixture.record(2).newest().number()).isEqualTo(2);
    }

    @Test
    void a_claim_15_seconds_old_is_still_posted_under() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = once(() -> fixture.time.pass(Duration.ofSeconds(15)));

        fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING);

        assertThat(fixture.record(2).newest().number()).isEqualTo(1);
    }

    @Test
    void a_clock_set_back_does_not_make_an_old_claim_young() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = once(() -> {
            fixture.time.pass(Duration.ofSeconds(16));
            fixture.time.setBack(Duration.ofMinutes(10));
        });

        fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING);

        assertThat(fixture.mailer.posted()).hasSize(1);
        assertThat(fixture.record(2).newest().number()).isEqualTo(2);
    }

    @Test
    void thawed_after_another_sender_settled_its_claim_as_stale_the_row_is_still_sent_once() {
        fixture.with(person(2));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = once(() -> {
            fixture.time.pass(Duration.ofMinutes(20));
            fixture.dispatch();
        });

        fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING.plusMinutes(30));

        assertThat(fixture.mailer.posted()).hasSize(1);
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.ACCEPTED);
    }

    @Test
    void thawed_after_its_chunk_was_settled_as_unknown_a_sender_that_may_not_send_leaves_no_row_waiting() {
        fixture.with(person(2));
        fixture.mailer.answer(message -> new Outcome.Deferred(Outcome.Deferred.DeferralReason.QUOTA, "Daily"));
        var ledger = new Hooked(fixture.ledger);
        ledger.afterClaim = once(() -> {
            fixture.time.pass(Duration.ofMinutes(20));
            fixture.dispatch();
        });

        fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING.plusMinutes(30));

        assertThat(fixture.runs.chunk(DispatchFixture.RUN, 0).orElseThrow().settledAt())
                .isPresent();
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.UNKNOWN);
    }

    @Test
    void two_senders_at_the_same_chunk_send_each_letter_once() throws Exception {
        fixture.with(people(500));
        var start = new CountDownLatch(1);
        Callable<Dispatched> sender = () -> {
            start.await();
            return fixture.dispatcher().dispatch(MESSAGE, REMAINING);
        };
        try (var executor = Executors.newFixedThreadPool(2)) {
            var one = executor.submit(sender);
            var other = executor.submit(sender);
            start.countDown();
            one.get();
            other.get();
        }

        fixture.drain(MESSAGE);
        assertThat(fixture.sentTo()).hasSize(500).doesNotHaveDuplicates();
        assertThat(fixture.runs.run(RUN).orElseThrow().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 500L)));
    }

    private static Runnable once(Runnable action) {
        var done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) action.run();
        };
    }

    private static void kill() {
        throw new Killed();
    }

    private static final class Killed extends Error {}

    /** A ledger that runs a hook before or after a call. */
    private static final class Hooked implements Ledger {
        private final Ledger ledger;
        private Runnable beforeClaim = () -> {};
        private Runnable afterClaim = () -> {};
        private Runnable beforeSettle = () -> {};
        private Runnable beforeRead = () -> {};

        Hooked(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public Claim claim(SendRecord fresh, Optional<SendRecord> seen) {
            beforeClaim.run();
            var claim = ledger.claim(fresh, seen);
            afterClaim.run();
            return claim;
        }

        @Override
        public FeedbackResult feedback(SendKey key, String token, FeedbackEvent event) {
            return ledger.feedback(key, token, event);
        }

        @Override
        public Claim resend(SendRecord fresh, SendRecord seen) {
            return ledger.resend(fresh, seen);
        }

        @Override
        public SendRecord end(SendRecord seen, Trigger trigger, Decision decision, Instant at) {
            return ledger.end(seen, trigger, decision, at);
        }

        @Override
        public void invalid(SendRecord record) {
            ledger.invalid(record);
        }

        @Override
        public Optional<SendStatus> settle(
                SendKey key,
                String token,
                Trigger trigger,
                Instant at,
                Optional<String> messageId,
                Optional<String> code) {
            beforeSettle.run();
            return ledger.settle(key, token, trigger, at, messageId, code);
        }

        @Override
        public Map<SendKey, SendRecord> read(Collection<SendKey> keys) {
            beforeRead.run();
            return ledger.read(keys);
        }

        @Override
        public Tally tally(NoticeId notice, String runId) {
            return ledger.tally(notice, runId);
        }

        @Override
        public List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int limit) {
            return ledger.problems(notice, status, before, limit);
        }

        @Override
        public boolean held(SendKey key, String token, Instant at) {
            return ledger.held(key, token, at);
        }
    }
}
