package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.key;
import static dk.underret.dispatch.DispatchFixture.person;
import static dk.underret.dispatch.DispatchFixture.recipient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.dispatch.RowSender.RowResult;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Decision;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.run.ChunkRow;
import dk.underret.testing.FakeLetters;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One row on its way: what is left to do with it after its POST. */
class RowSenderTest {
    private static final Decision DECISION = new Decision(RUN, "AWS:BIRTE", "", Optional.empty());
    private static final RowJob.Send JOB = new RowJob.Send(0, person(2), key(2), Optional.empty());

    private final DispatchFixture fixture = new DispatchFixture();
    private final RateLimiter rateLimiter = new RateLimiter(fixture.time, 100);
    private final List<Outcome> seen = new ArrayList<>();

    private RowSender sender(Ledger ledger) {
        var letters = new FakeLetters().with("brev", "da", "Subject: Brev\n\nKære {{recipient.name}}\n");
        var frozen = DispatchFixture.frozen(
                List.of(letters.newest("brev", "da").orElseThrow().frozen()));
        var notice = new Notices(fixture.incidents, letters).compile(frozen, RUN);
        return new RowSender(ledger, fixture.mailer, RUN, notice, rateLimiter, seen::add, fixture.time);
    }

    private RowResult act(RowJob job) throws InterruptedException {
        return sender(fixture.ledger).run(job, () -> false);
    }

    private static RowJob.Send resend(Optional<SendRecord> before, boolean corrected) {
        var row = person(2);
        return new RowJob.Send(
                0,
                new ChunkRow.Resend(
                        row.recipient(),
                        row.person(),
                        row.to(),
                        row.locale(),
                        "token-of-an-earlier-one",
                        corrected ? Optional.of(recipient(9)) : Optional.empty(),
                        DECISION),
                key(2),
                corrected ? Optional.empty() : before,
                corrected ? before : Optional.empty(),
                Optional.of(DECISION),
                0);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeferralReason.class,
            names = {"RATE", "NOT_CONNECTED"})
    void counts_a_deferral_so_that_the_next_try_waits_longer(DeferralReason reason) throws InterruptedException {
        fixture.mailer.answer(message -> new Deferred(reason, "code"));

        var once = ((RowResult.Retry) act(JOB)).job();
        var twice = ((RowResult.Retry) act(once)).job();

        assertThat(once.deferrals()).isEqualTo(1);
        assertThat(twice.deferrals()).isEqualTo(2);
    }

    @Test
    void slows_down_when_ses_throttles_and_not_when_there_is_no_connection() throws InterruptedException {
        fixture.mailer.answer(message -> new Deferred(DeferralReason.NOT_CONNECTED, "code"));
        act(JOB);
        assertThat(rateLimiter.currentRate()).isEqualTo(100);

        fixture.mailer.answer(message -> new Deferred(DeferralReason.RATE, "code"));
        act(new RowJob.Send(1, person(3), key(3), Optional.empty()));
        assertThat(rateLimiter.currentRate()).isEqualTo(50);
    }

    @Test
    void reports_every_outcome() throws InterruptedException {
        act(JOB);

        assertThat(seen)
                .containsExactly(new Outcome.Accepted(
                        "ses-" + fixture.mailer.posted().getFirst().attempt()));
    }

    @Test
    void has_nothing_left_to_do_when_feedback_came_before_a_deferral() throws InterruptedException {
        fixture.mailer.answer(message -> {
            var event = new FeedbackEvent(Trigger.DELIVERY, fixture.time.now(), "id", Optional.empty());
            fixture.ledger.feedback(message.key(), message.attempt(), event);
            return new Deferred(DeferralReason.NOT_CONNECTED, "code");
        });

        assertThat(act(JOB)).isEqualTo(new RowResult.Done());
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void keeps_the_attempt_before_a_resend() throws InterruptedException {
        fixture.recorded(2, SendStatus.BOUNCED, RUN, Duration.ofDays(1));

        act(resend(Optional.of(fixture.record(2)), false));

        assertThat(fixture.record(2).earlier())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.BOUNCED));
        assertThat(fixture.record(2).newest().resend()).contains(DECISION);
    }

    @Test
    void closes_the_record_under_the_former_address_before_it_sends_to_the_corrected_one() throws InterruptedException {
        fixture.recorded(9, SendStatus.BOUNCED, RUN, Duration.ofDays(1));

        assertThat(act(resend(Optional.of(fixture.record(9)), true))).isEqualTo(new RowResult.Done());

        assertThat(fixture.record(9).status()).isEqualTo(SendStatus.CLOSED);
        assertThat(fixture.sentTo()).containsExactly("person2@post.example");
    }

    @Test
    void sends_nothing_to_a_corrected_address_when_the_former_one_was_reached_since() throws InterruptedException {
        fixture.recorded(9, SendStatus.BOUNCED, RUN, Duration.ofDays(1));
        var job = resend(Optional.of(fixture.record(9)), true);
        fixture.recorded(9, SendStatus.DELIVERED, RUN, Duration.ZERO);

        assertThat(act(job)).isEqualTo(new RowResult.Done());

        assertThat(fixture.mailer.posted()).isEmpty();
        assertThat(fixture.record(9).status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void fails_with_the_claims_failure_when_the_claim_can_not_be_given_back_either() {
        var unreachable = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });

        assertThatThrownBy(() -> sender(unreachable).run(JOB, () -> false))
                .hasMessage("claim")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(also -> assertThat(also).hasMessage("settle")));
    }
}
