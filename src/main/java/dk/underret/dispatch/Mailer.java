package dk.underret.dispatch;

import dk.underret.ledger.SendKey;
import dk.underret.letter.Letter;
import java.util.Optional;

/** Sends letters with SES's SendEmail. */
public interface Mailer {
    /**
     * Sends one message with exactly one POST, or with none when no connection was made. Returns errors of SES and of the network
     * as an {@link Outcome} and does not throw them.
     */
    Outcome send(Message message);

    /**
     * One message to one recipient. {@code toString} returns the record's key only.
     *
     * @param from the sender's address, with or without a name
     * @param replyTo the address for replies
     * @param to the recipient's address, its domain in punycode
     * @param key notice and recipient, for the tags {@code incident}, {@code notice}, {@code recipient}
     * @param attempt the claim's token, for the tag {@code attempt}
     */
    record Message(String from, Optional<String> replyTo, String to, Letter letter, SendKey key, String attempt) {
        @Override
        public String toString() {
            return "message of " + key;
        }
    }
}
