package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.MESSAGE;
import static dk.underret.dispatch.DispatchFixture.NOTICE;
import static dk.underret.dispatch.DispatchFixture.OTHER_RUN;
import static dk.underret.dispatch.DispatchFixture.REMAINING;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.STALE;
import static dk.underret.dispatch.DispatchFixture.invalid;
import static dk.underret.dispatch.DispatchFixture.people;
import static dk.underret.dispatch.DispatchFixture.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.Dispatched.HandedOver;
import dk.underret.dispatch.Dispatched.LeftOpen;
import dk.underret.dispatch.Dispatched.Parked;
import dk.underret.dispatch.Dispatched.Settled;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.incident.Hold;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.incident.StoredFacts;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Trigger;
import dk.underret.run.Accounts.Account;
import dk.underret.run.StopReason;
import dk.underret.run.WorkMessage;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakeTimeSource;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One chunk within one invocation: the order and the pace of its rows, what stops them, and what counts as progress. */
class ChunkSenderTest {
    /** Less than the time that is reserved for letters in flight: no row is claimed. */
    private static final Duration NO_TIME = Duration.ofSeconds(20);

    /** The deadline of a message that has {@link DispatchFixture#REMAINING}, 30 s before its end. */
    private static final Duration DEADLINE = Duration.ofSeconds(570);

    private static final Outcome NOT_CONNECTED = new Deferred(DeferralReason.NOT_CONNECTED, "CONNECTION_REFUSED");

    private final DispatchFixture fixture = new DispatchFixture();

    @BeforeEach
    void one_letter_at_a_time() {
        fixture.inFlight = 1;
    }

    private List<String> posted() {
        return fixture.mailer.posted().stream().map(Mailer.Message::to).toList();
    }

    private Dispatched dispatch(Ledger ledger) {
        return fixture.dispatcher(ledger).dispatch(MESSAGE, REMAINING);
    }

    /** Returns a ledger in which something happens just before a row is claimed. */
    private Ledger beforeClaim(Runnable action) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("claim")) action.run();
                    return method.invoke(fixture.ledger, arguments);
                });
    }

    @Nested
    class A_deferred_row {
        private final List<Instant> tries = new ArrayList<>();

        private List<Duration> waits() {
            var waits = new ArrayList<Duration>();
            for (int i = 1; i < tries.size(); i++) waits.add(Duration.between(tries.get(i - 1), tries.get(i)));
            return waits;
        }

        @Test
        void waits_a_quarter_of_a_second_and_twice_as_long_each_time_up_to_16_seconds() {
            fixture.with(person(2)).mailer.answer(message -> {
                tries.add(fixture.time.now());
                return tries.size() < 10 ? NOT_CONNECTED : FakeMailer.accepted(message);
            });

            fixture.dispatch();

            assertThat(waits())
                    .containsExactly(
                            Duration.ofMillis(250),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(8),
                            Duration.ofSeconds(16),
                            Duration.ofSeconds(16),
                            Duration.ofSeconds(16));
        }

        @Test
        void waits_no_longer_than_to_the_deadline() {
            fixture.with(person(2)).mailer.answer(message -> NOT_CONNECTED);

            assertThat(fixture.dispatch()).isEqualTo(new HandedOver(0, 1));

            assertThat(fixture.time.now()).isEqualTo(FakeTimeSource.START.plus(DEADLINE));
        }
    }

    @Nested
    class Letters_in_flight {
        @Test
        void are_as_many_as_the_rate_needs() {
            fixture.inFlight = 100;
            fixture.accounts.set(new Account(28, -1, 0, true, true));
            var together = new CyclicBarrier(7);
            fixture.with(people(7)).mailer.answer(message -> {
                await(together);
                return FakeMailer.accepted(message);
            });

            assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 7L)), true));
        }

        private static void await(CyclicBarrier barrier) {
            try {
                barrier.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        /** Holds the first letter for a moment, in which a second thread would post the next one. */
        @Test
        void are_one_when_the_sender_is_set_to_one() {
            var second = new CountDownLatch(2);
            var overlapped = new ArrayList<Boolean>();
            fixture.with(people(3)).mailer.answer(message -> {
                second.countDown();
                if (overlapped.isEmpty()) overlapped.add(reached(second));
                return FakeMailer.accepted(message);
            });

            fixture.dispatch();

            assertThat(overlapped).containsExactly(false);
        }

        private static boolean reached(CountDownLatch latch) {
            try {
                return latch.await(200, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void are_settled_when_the_sender_is_interrupted_and_no_other_row_is_claimed() {
            var sender = Thread.currentThread();
            fixture.with(people(3)).mailer.answer(message -> {
                sender.interrupt();
                while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
                return FakeMailer.accepted(message);
            });

            assertThatThrownBy(fixture::dispatch).hasMessage("interrupted");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(fixture.ledger.records()).hasSize(1);
            assertThat(fixture.record(2).status()).isEqualTo(SendStatus.ACCEPTED);
        }
    }

    @Nested
    class A_probe_of_the_hold {
        private final Hold hold =
                Hold.of(HoldReason.DOUBT, FakeTimeSource.START).probing(new Hold.Probe(RUN, 0), FakeTimeSource.START);

        @BeforeEach
        void allow() {
            fixture.incidents.hold(hold);
        }

        static List<Arguments> outcomes() {
            return List.of(
                    Arguments.of(new Outcome.Accepted("id"), true),
                    Arguments.of(new Refused(Refused.Scope.RECIPIENT, "MessageRejected"), true),
                    Arguments.of(new Refused(Refused.Scope.ACCOUNT, "SendingPausedException"), false),
                    Arguments.of(new Unknown("TIMEOUT"), false),
                    Arguments.of(NOT_CONNECTED, false));
        }

        @ParameterizedTest
        @MethodSource("outcomes")
        void sends_one_row_and_succeeds_when_ses_takes_it_or_refuses_only_its_recipient(
                Outcome outcome, boolean succeeds) {
            fixture.with(people(3)).mailer.answer(message -> outcome);

            assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.HOLD));

            assertThat(fixture.mailer.posted()).hasSize(1);
            assertThat(fixture.incidents.hold()).contains(hold.probed(succeeds));
        }

        @Test
        void takes_a_row_that_was_never_tried_if_there_is_one() {
            fixture.with(person(2), person(3));
            fixture.recorded(2, SendStatus.WAITING, RUN, Duration.ofMinutes(1));

            fixture.dispatch();

            assertThat(posted()).containsExactly("person3@post.example");
        }

        @Test
        void is_of_no_use_to_another_chunk() {
            fixture.incidents.change(
                    hold, Optional.of(hold.probing(new Hold.Probe(OTHER_RUN, 0), FakeTimeSource.START)));
            fixture.with(people(3));

            assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.HOLD));

            assertThat(fixture.mailer.posted()).isEmpty();
        }
    }

    @Test
    void rows_are_sent_in_the_lists_order_also_when_some_were_tried_before() {
        fixture.with(person(2), person(3));
        fixture.recorded(2, SendStatus.WAITING, RUN, Duration.ofMinutes(1));

        fixture.dispatch();

        assertThat(posted()).containsExactly("person2@post.example", "person3@post.example");
    }

    /** With two senders and ten letters an hour, this sender has one turn in twelve minutes. */
    @Nested
    class Under_max_per_hour {
        private static final Duration INTERVAL = Duration.ofMinutes(12);

        @BeforeEach
        void ten() {
            fixture.incidents.with(NOTICE, Map.of("max_per_hour", new BigDecimal(10)));
        }

        @Test
        void one_letter_is_sent_and_the_chunk_comes_back_at_the_senders_next_turn() {
            fixture.with(people(3));

            assertThat(fixture.dispatch()).isEqualTo(new LeftOpen(StopReason.HOURLY, INTERVAL));

            assertThat(posted()).containsExactly("person2@post.example");
            assertThat(fixture.work.messages()).containsExactly(new WorkMessage(RUN, 0, 1, 0));
            assertThat(fixture.work.delays()).containsExactly(INTERVAL);
        }

        @Test
        void a_sender_keeps_its_turns_from_message_to_message() {
            fixture.with(people(3));
            var dispatcher = fixture.dispatcher();
            dispatcher.dispatch(MESSAGE, REMAINING);
            fixture.time.pass(Duration.ofMinutes(5));

            assertThat(dispatcher.dispatch(MESSAGE, REMAINING))
                    .isEqualTo(new LeftOpen(StopReason.HOURLY, Duration.ofMinutes(7)));

            assertThat(fixture.mailer.posted()).hasSize(1);
        }

        @Test
        void a_new_sender_waits_its_turn_after_the_last_letter_of_another_one() {
            fixture.with(people(3));
            fixture.recorded(2, SendStatus.ACCEPTED, RUN, Duration.ofMinutes(20));
            fixture.recorded(3, SendStatus.SENDING, RUN, Duration.ofMinutes(4));

            assertThat(fixture.dispatch()).isEqualTo(new LeftOpen(StopReason.HOURLY, Duration.ofMinutes(8)));

            assertThat(fixture.mailer.posted()).isEmpty();
        }

        @Test
        void a_row_without_a_letter_needs_no_turn() {
            fixture.with(person(2), invalid(3), person(4), invalid(5));

            fixture.dispatch();

            assertThat(posted()).containsExactly("person2@post.example");
            assertThat(fixture.record(3).status()).isEqualTo(SendStatus.INVALID);
            assertThat(fixture.work.messages()).containsExactly(new WorkMessage(RUN, 0, 2, 0));
        }
    }

    @Nested
    class A_brake {
        @Test
        void holds_the_account_after_five_ambiguous_answers() {
            fixture.with(people(20)).mailer.answer(message -> new Unknown("TIMEOUT"));

            assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.DOUBT));

            assertThat(fixture.mailer.posted()).hasSize(5);
            assertThat(fixture.incidents.hold().map(Hold::reason)).contains(HoldReason.DOUBT);
        }

        @Test
        void pauses_the_notice_after_five_equal_refusals() {
            fixture.with(people(20)).mailer.answer(message -> new Refused(Refused.Scope.RECIPIENT, "MessageRejected"));

            assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.PAUSED));

            assertThat(fixture.mailer.posted()).hasSize(5);
            assertThat(fixture.incidents.current(NOTICE).paused()).isTrue();
            assertThat(fixture.incidents.hold()).isEmpty();
        }

        /** Otherwise a person who opens the notice again would have to find the pause as well. */
        @Test
        void pauses_no_notice_that_a_person_closed() {
            fixture.with(people(3));
            fixture.incidents.with(NOTICE, Map.of("status", "closed"));

            assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.NOT_APPROVED));

            assertThat(fixture.incidents.notice(NOTICE).map(StoredFacts::facts)).contains(Map.of("status", "closed"));
        }

        @Test
        void that_a_person_pulls_while_a_row_waits_for_its_permit_stops_that_row() {
            fixture.accounts.set(new Account(2, -1, 0, true, true));
            fixture.with(people(3)).mailer.answer(message -> {
                fixture.incidents.pause(NOTICE, fixture.time.now());
                return FakeMailer.accepted(message);
            });

            assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.PAUSED));

            assertThat(fixture.time.now()).isEqualTo(FakeTimeSource.START.plusSeconds(1));
            assertThat(posted()).containsExactly("person2@post.example");
        }

        @Test
        void parks_the_chunk_also_when_no_time_is_left_to_send() {
            fixture.with(people(3));
            fixture.incidents.pause(NOTICE, fixture.time.now());

            assertThat(fixture.dispatch(MESSAGE, NO_TIME)).isEqualTo(new Parked(StopReason.PAUSED));

            assertThat(fixture.work.messages()).isEmpty();
        }
    }

    /** A message that is handed over without progress five times fails at the sixth. */
    @Nested
    class Progress {
        private final Runnable passDeadline = () -> fixture.time.pass(DEADLINE);

        @Test
        void is_a_stale_claim_that_was_settled() {
            fixture.with(person(2), person(3));
            fixture.recorded(2, SendStatus.SENDING, RUN, STALE);

            assertThat(fixture.dispatch(MESSAGE, NO_TIME)).isEqualTo(new HandedOver(1, 0));
        }

        @Test
        void is_a_row_that_another_run_claimed_first() {
            fixture.with(person(2), person(3));

            var result = dispatch(beforeClaim(() -> {
                passDeadline.run();
                fixture.recorded(2, SendStatus.SENDING, OTHER_RUN, Duration.ZERO);
            }));

            assertThat(result).isEqualTo(new HandedOver(1, 0));
        }

        @Test
        void is_a_row_whose_claim_another_sender_settled_as_stale() {
            fixture.with(person(2), person(3)).mailer.answer(message -> {
                passDeadline.run();
                fixture.ledger.settle(
                        message.key(),
                        message.attempt(),
                        Trigger.STALE,
                        fixture.time.now(),
                        Optional.empty(),
                        Optional.empty());
                return NOT_CONNECTED;
            });

            assertThat(fixture.dispatch()).isEqualTo(new HandedOver(1, 0));
        }

        @Test
        void is_no_row_that_a_claim_finds_waiting() {
            fixture.with(person(2), person(3));

            var result = dispatch(beforeClaim(() -> {
                passDeadline.run();
                fixture.recorded(2, SendStatus.WAITING, RUN, Duration.ZERO);
            }));

            assertThat(result).isEqualTo(new HandedOver(0, 1));
        }
    }
}
