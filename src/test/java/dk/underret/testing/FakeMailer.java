package dk.underret.testing;

import dk.underret.dispatch.Mailer;
import dk.underret.dispatch.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SES in memory. Stores the messages in order, and accepts each unless the test sets another answer. */
public final class FakeMailer implements Mailer {
    private final List<Message> posted = new ArrayList<>();
    private volatile Function<Message, Outcome> answer = FakeMailer::accepted;

    /** Sets the function that answers. It may throw, and is called without a lock. */
    public void answer(Function<Message, Outcome> answer) {
        this.answer = answer;
    }

    /** Accepts a message. Its id contains the attempt's token. */
    public static Outcome accepted(Message message) {
        return new Outcome.Accepted("ses-" + message.attempt());
    }

    /** Returns every message that was POSTed, whatever the answer. */
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
