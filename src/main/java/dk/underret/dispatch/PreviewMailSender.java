package dk.underret.dispatch;

import dk.underret.dispatch.Mailer.Message;
import dk.underret.ledger.SendKey;
import dk.underret.letter.Letter;
import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMailMessage;
import dk.underret.run.TimeSource;
import java.util.Optional;

/**
 * Sends a draft's letters to the sender's own staff, rendered like the real letters. They are not dispatches: the ledger has no
 * record of them, no run counts them, and SES's feedback about them is ignored. Each is sent at most once to each address. The next
 * upload of the draft sends all of them again. Their failures do not stop other sending, and they are not sent during a hold.
 */
public final class PreviewMailSender {
    /** Precedes the subject in every language, so that a preview mail is not mistaken for a real letter. */
    static final String MARK = "[PRØVE] ";

    /** The number of attempts while SES throttles. */
    private static final int TRIES = 5;

    private final PreviewMailPorts ports;
    private final int senders;
    private final TimeSource time;
    private final Notices notices;

    /**
     * Creates a sender.
     *
     * @param senders the number of senders that share SES's rate, 1 or more
     */
    public PreviewMailSender(PreviewMailPorts ports, int senders, TimeSource time) {
        this.ports = ports;
        this.senders = senders;
        this.time = time;
        this.notices = new Notices(ports.incidents(), ports.letters());
    }

    /**
     * Sends one letter to each address.
     *
     * @throws WorkException when a letter of the notice is gone
     */
    public PreviewMailResult send(PreviewMailMessage message) {
        var previewMail = ports.previewMails().find(message.run());
        if (previewMail.isEmpty()
                || message.letter() >= previewMail.get().people().size()) return new PreviewMailResult.Gone();
        if (ports.incidents().hold().isPresent())
            return new PreviewMailResult.NotNow(PreviewMailResult.BlockReason.HOLD);
        var quota = new SendQuota(ports.accounts(), senders, time);
        if (quota.refusal().isPresent()) return new PreviewMailResult.NotNow(PreviewMailResult.BlockReason.ACCOUNT);
        var notice = notices.compile(previewMail.get().notice(), message.run());
        var row = previewMail.get().people().get(message.letter());
        var letter = notice.letters().render(row.locale(), row.person());
        if (letter.isEmpty()) return new PreviewMailResult.Gone();
        if (!ports.previewMails().claim(message)) return new PreviewMailResult.SentBefore();
        return send(message, previewMail.get(), notice, marked(letter.get()), quota.rateLimiter());
    }

    private static Letter marked(Letter letter) {
        return new Letter(letter.locale(), MARK + letter.subject(), letter.text(), letter.html());
    }

    private PreviewMailResult send(
            PreviewMailMessage message,
            PreviewMail previewMail,
            CompiledNotice notice,
            Letter letter,
            RateLimiter rateLimiter) {
        var key = new SendKey(previewMail.notice().notice(), SendKey.PREVIEW_MAIL);
        var attempt = message.run() + "-" + message.letter();
        var accepted = 0;
        var code = Optional.<String>empty();
        for (var to : previewMail.to()) {
            var outcome = post(new Message(notice.from(), notice.replyTo(), to, letter, key, attempt), rateLimiter);
            switch (outcome) {
                case Outcome.Accepted ok -> accepted++;
                case Outcome.Refused refused -> code = Optional.of(refused.code());
                case Outcome.Deferred deferred -> code = Optional.of(deferred.code());
                case Outcome.Unknown unknown -> code = Optional.of(unknown.code());
            }
        }
        return new PreviewMailResult.Sent(accepted, previewMail.to().size() - accepted, code);
    }

    /** Retries only while SES throttles: then SES certainly did not accept the message. */
    private Outcome post(Message message, RateLimiter rateLimiter) {
        try {
            rateLimiter.acquire();
            var outcome = ports.mailer().send(message);
            for (int tries = 1; tries < TRIES && isRate(outcome); tries++) {
                rateLimiter.slowDown();
                rateLimiter.acquire();
                outcome = ports.mailer().send(message);
            }
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean isRate(Outcome outcome) {
        return outcome instanceof Outcome.Deferred deferred
                && deferred.reason() == Outcome.Deferred.DeferralReason.RATE;
    }
}
