package dk.underret.testing;

import dk.underret.dispatch.Mailer;
import dk.underret.dispatch.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SES in memory: keeps what it was given, in order, and answers as told; at first it accepts everything. */
public final class FakeMailer implements Mailer {
    private final List<Message> posted = new ArrayList<>();
    private volatile Function<Message, Outcome> answer = FakeMailer::accepted;

    /** Changes the answer, also to one that throws. It is given outside of any lock. */
    public void answer(Function<Message, Outcome> answer) {
        this.answer = answer;
    }

    /** Accepts a message, under an id made of its attempt. */
    public static Outcome accepted(Message message) {
        return new Outcome.Accepted("ses-" + message.attempt());
    }

    /** Every message that was POSTed, whatever was answered. */
    public List<Message> posted() {
        synchronized (posted) {
            return List.copyOf(posted);
        }
    }

    @Override
    public Outcome send(Message message) {
        synchronized (posted) {
            posted.add(message);
        }
        return answer.apply(message);
    }
}
