package dk.underret.dispatch;

import dk.underret.dispatch.Mailer.Message;
import dk.underret.dispatch.Tried.Reason;
import dk.underret.incident.Incidents;
import dk.underret.intake.Accounts;
import dk.underret.intake.Trial;
import dk.underret.intake.TrialMessage;
import dk.underret.intake.Trials;
import dk.underret.ledger.SendKey;
import dk.underret.letter.Letter;
import dk.underret.letter.Letters;
import java.util.Optional;

/**
 * Sends a draft's letters to the sender's own staff, made as the real ones are. They are no dispatch: the ledger has no record of
 * them, no run counts them, and what SES reports of them is set aside. Each is sent at most once to each address; one that was
 * lost comes with the next upload of the draft. They pull no brake, and go nowhere while one is on.
 */
public final class TrialSender {
    /** Before the subject, in every language, so that no trial letter is taken for a real one. */
    static final String MARK = "[PRØVE] ";

    /** SES's throttling is waited for so often; nobody's letter depends on it. */
    private static final int TRIES = 5;

    private final Ports ports;
    private final int senders;
    private final Time time;
    private final Notices notices;

    /**
     * Over these ports.
     *
     * @param senders how many share SES's rate, 1 or more
     */
    public TrialSender(Ports ports, int senders, Time time) {
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
    public Tried send(TrialMessage message) {
        var trial = ports.trials().find(message.run());
        if (trial.isEmpty() || message.letter() >= trial.get().people().size()) return new Tried.Gone();
        if (ports.incidents().hold().isPresent()) return new Tried.NotNow(Reason.HOLD);
        var allowance = new Allowance(ports.accounts(), senders, time);
        if (allowance.refusal().isPresent()) return new Tried.NotNow(Reason.ACCOUNT);
        var letters = notices.compiled(trial.get().notice(), message.run());
        var letter = letters.render(trial.get().people().get(message.letter())).map(Rendered::letter);
        if (letter.isEmpty()) return new Tried.Gone();
        if (!ports.trials().claim(message)) return new Tried.SentBefore();
        return send(message, trial.get(), letters, marked(letter.get()), allowance.pace());
    }

    private static Letter marked(Letter letter) {
        return new Letter(letter.locale(), MARK + letter.subject(), letter.text(), letter.html());
    }

    private Tried send(TrialMessage message, Trial trial, NoticeLetters letters, Letter letter, Pace pace) {
        var key = SendKey.of(trial.notice().notice(), 1, SendKey.TRIAL);
        var attempt = message.run() + "-" + message.letter();
        var accepted = 0;
        var code = Optional.<String>empty();
        for (var to : trial.to()) {
            var outcome = post(new Message(letters.from(), letters.replyTo(), to, letter, key, attempt), pace);
            switch (outcome) {
                case Outcome.Accepted taken -> accepted++;
                case Outcome.Refused refused -> code = Optional.of(refused.code());
                case Outcome.Deferred deferred -> code = Optional.of(deferred.code());
                case Outcome.Unknown unknown -> code = Optional.of(unknown.code());
            }
        }
        return new Tried.Sent(accepted, trial.to().size() - accepted, code);
    }

    /** What SES is known not to have taken may be tried again; anything else may not. */
    private Outcome post(Message message, Pace pace) {
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
        return outcome instanceof Outcome.Deferred deferred && deferred.reason() == Outcome.Deferred.Reason.RATE;
    }

    /** What it reads and acts on. */
    public record Ports(Incidents incidents, Letters letters, Trials trials, Mailer mailer, Accounts accounts) {}
}
