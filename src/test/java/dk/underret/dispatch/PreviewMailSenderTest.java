package dk.underret.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.Outcome.Accepted;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Hold;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.incident.NoticeId;
import dk.underret.recipient.Recipient;
import dk.underret.run.Accounts.Account;
import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMail.PreviewRow;
import dk.underret.run.PreviewMailMessage;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakeTimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The letters of a draft that are sent to the sender's own staff. */
class PreviewMailSenderTest {
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final PreviewMailMessage FIRST = new PreviewMailMessage(RUN, 0);
    private static final PreviewMailMessage SECOND = new PreviewMailMessage(RUN, 1);
    private static final String DPO = "dpo@skole.example";
    private static final String HEAD = "leder@skole.example";

    private final FakeTimeSource time = new FakeTimeSource();
    private final FakeIncidents incidents = new FakeIncidents();
    private final FakeLetters letters = new FakeLetters()
            .with("brev", "da", "Subject: Brud hos os\n\nKære {{recipient.name}}\n")
            .with("brev", "en", "Subject: A breach\n\nDear {{recipient.name}}\n");
    private final FakePreviewMails previewMails = new FakePreviewMails();
    private final FakeMailer mailer = new FakeMailer();
    private final FakeAccounts accounts = new FakeAccounts();

    private FrozenNotice frozen() {
        return new FrozenNotice(
                new NoticeId("brud", "main"),
                Map.of("language", "da", "sender", Map.of("from", "Skolen <brev@skole.example>", "reply_to", DPO)),
                "facts",
                List.of(
                        letters.newest("brev", "da").orElseThrow().frozen(),
                        letters.newest("brev", "en").orElseThrow().frozen()),
                List.of("email", "name"),
                16,
                FakeTimeSource.START,
                RUN);
    }

    @BeforeEach
    void offer() {
        previewMails.offer(new PreviewMail(
                RUN,
                frozen(),
                List.of(DPO, HEAD),
                List.of(
                        new PreviewRow(new Recipient(2, Map.of("email", "anna@x.example", "name", "Anna")), "da"),
                        new PreviewRow(new Recipient(3, Map.of("email", "joe@x.example", "name", "Joe")), "en"))));
    }

    private PreviewMailResult send(PreviewMailMessage message) {
        return new PreviewMailSender(new PreviewMailPorts(incidents, letters, previewMails, mailer, accounts), 2, time)
                .send(message);
    }

    private void answers(Outcome... outcomes) {
        var left = new ArrayDeque<>(List.of(outcomes));
        mailer.answer(message -> left.isEmpty() ? FakeMailer.accepted(message) : left.remove());
    }

    @Test
    void are_sent_to_staff_and_to_nobody_on_the_list_and_are_marked_in_every_language() {
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.Sent(2, 0, Optional.empty()));
        assertThat(send(SECOND)).isEqualTo(new PreviewMailResult.Sent(2, 0, Optional.empty()));

        assertThat(mailer.posted()).extracting(message -> message.to()).containsExactly(DPO, HEAD, DPO, HEAD);
        assertThat(mailer.posted())
                .extracting(message -> message.letter().subject())
                .containsExactly("[PRØVE] Brud hos os", "[PRØVE] Brud hos os", "[PRØVE] A breach", "[PRØVE] A breach");
        assertThat(mailer.posted())
                .extracting(message -> message.letter().text().strip())
                .containsExactly("Kære Anna", "Kære Anna", "Dear Joe", "Dear Joe");
        assertThat(mailer.posted()).allSatisfy(message -> {
            assertThat(message.from()).isEqualTo("Skolen <brev@skole.example>");
            assertThat(message.replyTo()).contains(DPO);
            assertThat(message.key().notice()).hasToString("brud/main");
            assertThat(message.key().recipient()).isEqualTo("trial");
        });
        assertThat(mailer.posted().getLast().attempt()).isEqualTo(RUN + "-1");
    }

    @Test
    void are_sent_once_however_often_their_message_is_delivered() {
        send(FIRST);
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.SentBefore());
        assertThat(mailer.posted()).hasSize(2);
    }

    @Test
    void that_ses_throttled_are_retried_and_no_others() {
        answers(
                new Deferred(Outcome.Deferred.DeferralReason.RATE, "TooManyRequestsException"),
                new Deferred(Outcome.Deferred.DeferralReason.RATE, "TooManyRequestsException"),
                new Accepted("m1"),
                new Unknown("TIMEOUT"));
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.Sent(1, 1, Optional.of("TIMEOUT")));
        assertThat(mailer.posted()).extracting(message -> message.to()).containsExactly(DPO, DPO, DPO, HEAD);

        answers(
                new Refused(Refused.Scope.RECIPIENT, "MessageRejected"),
                new Deferred(Outcome.Deferred.DeferralReason.QUOTA, "LimitExceededException"));
        assertThat(send(SECOND)).isEqualTo(new PreviewMailResult.Sent(0, 2, Optional.of("LimitExceededException")));
        assertThat(mailer.posted()).hasSize(6);
        assertThat(incidents.hold()).isEmpty();
    }

    @Test
    void are_given_up_after_five_throttled_attempts() {
        mailer.answer(message -> new Deferred(Outcome.Deferred.DeferralReason.RATE, "TooManyRequestsException"));
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.Sent(0, 2, Optional.of("TooManyRequestsException")));
        assertThat(mailer.posted()).hasSize(10);
    }

    @Test
    void keep_to_ses_rate() {
        accounts.set(new Account(1, 200, 0, true, false));
        send(FIRST);
        assertThat(time.now()).isEqualTo(FakeTimeSource.START.plus(Duration.ofSeconds(2)));
    }

    @Test
    void that_ses_throttled_are_retried_in_their_turn_and_at_a_lower_rate() {
        accounts.set(new Account(2, 200, 0, true, false));
        var times = new ArrayList<Duration>();
        mailer.answer(message -> {
            times.add(Duration.between(FakeTimeSource.START, time.now()));
            return times.size() == 1
                    ? new Deferred(Outcome.Deferred.DeferralReason.RATE, "TooManyRequestsException")
                    : FakeMailer.accepted(message);
        });

        send(FIRST);

        assertThat(times).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @Test
    void are_not_sent_by_a_sender_that_is_interrupted_and_it_stays_interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> send(FIRST)).hasMessage("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(mailer.posted()).isEmpty();
    }

    @Test
    void are_not_claimed_while_the_account_is_on_hold() {
        incidents.hold(Hold.of(HoldReason.DOUBT, FakeTimeSource.START));
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.NotNow(PreviewMailResult.BlockReason.HOLD));
        incidents.change(incidents.hold().orElseThrow(), Optional.empty());
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.Sent(2, 0, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"false, 14, 0", "true, 0, 0", "true, 14, 200"})
    void are_not_claimed_while_the_account_may_not_send(boolean enabled, double rate, double sent) {
        accounts.set(new Account(rate, 200, sent, enabled, true));
        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.NotNow(PreviewMailResult.BlockReason.ACCOUNT));
        assertThat(mailer.posted()).isEmpty();
    }

    @Test
    void that_can_not_be_rendered_are_skipped_and_not_claimed() {
        var nameless = new PreviewRow(new Recipient(2, Map.of("email", "anna@x.example", "name", "")), "da");
        previewMails.offer(new PreviewMail(RUN, frozen(), List.of(DPO, HEAD), List.of(nameless)));

        assertThat(send(FIRST)).isEqualTo(new PreviewMailResult.Gone());
        assertThat(mailer.posted()).isEmpty();
        assertThat(previewMails.claim(FIRST)).isTrue();
    }

    @Test
    void that_no_longer_exist_are_skipped() {
        assertThat(send(new PreviewMailMessage(RUN, 2))).isEqualTo(new PreviewMailResult.Gone());
        assertThat(send(new PreviewMailMessage("f".repeat(32), 0))).isEqualTo(new PreviewMailResult.Gone());
        assertThat(mailer.posted()).isEmpty();
    }
}
