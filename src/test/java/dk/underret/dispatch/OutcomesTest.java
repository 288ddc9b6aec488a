package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.MESSAGE;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.people;
import static dk.underret.dispatch.DispatchFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.dispatch.Dispatched.HandedOver;
import dk.underret.dispatch.Dispatched.Parked;
import dk.underret.dispatch.Dispatched.Settled;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.run.Accounts.Account;
import dk.underret.run.StopReason;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.SenderLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The effect of each outcome on the row, the chunk and the account. */
class OutcomesTest {
    private final DispatchFixture fixture = new DispatchFixture();

    @Test
    void refused_for_one_recipient_is_failed_with_the_code_and_its_neighbours_are_sent() {
        fixture.with(people(3));
        fixture.mailer.answer(message -> message.to().startsWith("person3@")
                ? new Refused(Refused.Scope.RECIPIENT, "MessageRejected")
                : FakeMailer.accepted(message));

        assertThat(fixture.dispatch())
                .isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 2L, RowOutcome.FAILED, 1L)), true));

        assertThat(fixture.record(3).newest().code()).contains("MessageRejected");
        assertThat(fixture.mailer.posted()).hasSize(3);
    }

    @Test
    void ambiguous_is_unknown_with_the_code_and_never_sent_again() {
        fixture.with(people(2));
        fixture.mailer.answer(message -> new Unknown("TIMEOUT"));

        assertThat(fixture.drain(MESSAGE))
                .containsExactly(new Settled(new Tally(Map.of(RowOutcome.UNKNOWN, 2L)), true));

        assertThat(fixture.record(2).newest().code()).contains("TIMEOUT");
        assertThat(fixture.mailer.posted()).hasSize(2);
    }

    static List<Arguments> not_sent_yet() {
        return List.of(
                Arguments.of(new Deferred(Outcome.Deferred.DeferralReason.RATE, "TooManyRequestsException")),
                Arguments.of(new Deferred(Outcome.Deferred.DeferralReason.NOT_CONNECTED, "CONNECTION_REFUSED")));
    }

    @ParameterizedTest
    @MethodSource("not_sent_yet")
    void certainly_not_sent_is_retried_with_a_new_attempt_each_time(Outcome outcome) {
        fixture.with(person(2));
        var tries = new AtomicInteger();
        fixture.mailer.answer(message -> tries.incrementAndGet() <= 3 ? outcome : FakeMailer.accepted(message));

        assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)), true));

        assertThat(fixture.record(2).newest().number()).isEqualTo(4);
        assertThat(fixture.mailer.posted())
                .extracting(Mailer.Message::attempt)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("not_sent_yet")
    void never_sent_is_waiting_when_time_runs_out_and_the_hop_was_idle(Outcome outcome) {
        fixture.with(person(2));
        fixture.mailer.answer(message -> outcome);

        assertThat(fixture.dispatch()).isEqualTo(new HandedOver(0, 1));

        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.WAITING);
        // pauses of 250 ms, doubled up to 16 s, within 9.5 minutes
        assertThat(fixture.mailer.posted()).hasSizeBetween(30, 60);
    }

    static List<Arguments> account_wide() {
        return List.of(
                Arguments.of(new Refused(Refused.Scope.ACCOUNT, "SendingPausedException"), StopReason.ACCOUNT),
                Arguments.of(new Refused(Refused.Scope.ACCOUNT, "MessageRejected"), StopReason.ACCOUNT),
                Arguments.of(
                        new Deferred(Outcome.Deferred.DeferralReason.QUOTA, "LimitExceededException"),
                        StopReason.QUOTA));
    }

    @ParameterizedTest
    @MethodSource("account_wide")
    void account_wide_stops_within_the_letters_in_flight_and_fails_no_row(Outcome outcome, StopReason reason) {
        fixture.with(people(500));
        var accepted = new AtomicInteger();
        fixture.mailer.answer(message -> accepted.incrementAndGet() <= 100 ? FakeMailer.accepted(message) : outcome);

        assertThat(fixture.dispatch()).isEqualTo(new Parked(reason));

        var statuses = fixture.ledger.records().values().stream()
                .map(record -> record.status())
                .toList();
        assertThat(statuses).containsOnly(SendStatus.ACCEPTED, SendStatus.WAITING);
        assertThat(statuses.stream().filter(SendStatus.WAITING::equals)).hasSizeBetween(1, 100);
        assertThat(fixture.runs.chunk(RUN, 0).orElseThrow().settledAt()).isEmpty();
        assertThat(fixture.work.messages()).isEmpty();
        assertThat(fixture.runs.chunk(RUN, 0).orElseThrow().parkedAt()).isPresent();
        assertThat(fixture.incidents.hold().orElseThrow().reason().name()).isEqualTo(reason.name());
    }

    @ParameterizedTest
    @MethodSource("account_wide")
    void all_rows_are_sent_once_the_account_may_send_again(Outcome outcome, StopReason reason) {
        var loop = new SenderLoop().plan(50, 50);
        var answers = new AtomicInteger();
        loop.fixture.mailer.answer(message -> answers.incrementAndGet() <= 3 ? outcome : FakeMailer.accepted(message));

        loop.workFor(Duration.ofMinutes(10));

        assertThat(loop.run().tally()).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 50L)));
        assertThat(loop.fixture.incidents.hold()).isEmpty();
    }

    @Test
    void a_spent_quota_is_detected_before_any_claim() {
        fixture.with(people(3));
        fixture.accounts.set(new Account(14, 50_000, 50_000, true, true));

        assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.QUOTA));

        assertThat(fixture.ledger.records()).isEmpty();
    }

    @Test
    void a_paused_account_is_detected_before_any_claim() {
        fixture.with(people(3));
        fixture.accounts.set(new Account(14, 50_000, 0, false, true));

        assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.ACCOUNT));

        assertThat(fixture.ledger.records()).isEmpty();
    }

    @Test
    void the_accounts_figures_are_read_again_every_minute() {
        fixture.with(people(500));
        fixture.accounts.set(new Account(4, 50_000, 0, true, true));
        fixture.mailer.answer(message -> {
            if (fixture.mailer.posted().size() == 10) fixture.accounts.set(new Account(4, 50_000, 50_000, true, true));
            return FakeMailer.accepted(message);
        });

        assertThat(fixture.dispatch()).isEqualTo(new Parked(StopReason.QUOTA));

        // this sender's share is 2 letters per second
        assertThat(fixture.mailer.posted()).hasSizeBetween(118, 125);
    }
}
