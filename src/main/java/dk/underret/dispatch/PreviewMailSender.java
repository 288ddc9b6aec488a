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
 * record of them, no run counts them, and SES's feedback about them is ignored. Each is sent at most once to each address; a lost
 * one is sent again with the next upload of the draft. They never stop other sending, and are not sent while sending is stopped.
 */
public final class PreviewMailSender {
    /** Precedes the subject, in every language, so that nobody mistakes a preview mail for a real letter. */
    static final String MARK = "[PRØVE] ";

    /** The most tries while SES throttles; no recipient's letter depends on it. */
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
        var trial = ports.trials().find(message.run());
        if (trial.isEmpty() || message.letter() >= trial.get().people().size()) return new PreviewMailResult.Gone();
        if (ports.incidents().hold().isPresent())
            return new PreviewMailResult.NotNow(PreviewMailResult.BlockReason.HOLD);
        var allowance = new SendQuota(ports.accounts(), senders, time);
        if (allowance.refusal().isPresent()) return new PreviewMailResult.NotNow(PreviewMailResult.BlockReason.ACCOUNT);
        var notice = notices.compiled(trial.get().notice(), message.run());
        var row = trial.get().people().get(message.letter());
        var letter = notice.letters().render(row.locale(), row.person());
        if (letter.isEmpty()) return new PreviewMailResult.Gone();
        if (!ports.trials().claim(message)) return new PreviewMailResult.SentBefore();
        return send(message, trial.get(), notice, marked(letter.get()), allowance.pace());
    }

    private static Letter marked(Letter letter) {
        return new Letter(letter.locale(), MARK + letter.subject(), letter.text(), letter.html());
    }

    private PreviewMailResult send(
            PreviewMailMessage message, PreviewMail trial, CompiledNotice notice, Letter letter, RateLimiter pace) {
        var key = new SendKey(trial.notice().notice(), SendKey.TRIAL);
        var attempt = message.run() + "-" + message.letter();
        var accepted = 0;
        var code = Optional.<String>empty();
        for (var to : trial.to()) {
            var outcome = post(new Message(notice.from(), notice.replyTo(), to, letter, key, attempt), pace);
            switch (outcome) {
                case Outcome.Accepted taken -> accepted++;
                case Outcome.Refused refused -> code = Optional.of(refused.code());
                case Outcome.Deferred deferred -> code = Optional.of(deferred.code());
                case Outcome.Unknown unknown -> code = Optional.of(unknown.code());
            }
        }
        return new PreviewMailResult.Sent(accepted, trial.to().size() - accepted, code);
    }

    /** Tries again only what SES certainly did not accept. */
    private Outcome post(Message message, RateLimiter pace) {
        try {
            pace.take();
            var outcome = ports.mailer().send(message);
            for (int tries = 1; tries < TRIES && isRate(outcome); tries++) {
                pace.throttled();
                pace.take();
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
