package dk.underret.dispatch;

import dk.underret.ledger.SendKey;
import dk.underret.letter.Letter;
import java.util.Optional;

/** SES's SendEmail. */
public interface Mailer {
    /** Sends one message by exactly one POST, or none where no connection was made. Throws nothing that SES or the network did. */
    Outcome send(Message message);

    /**
     * One letter on its way.
     *
     * @param from the sender's address, with or without a name
     * @param replyTo where answers go
     * @param to the recipient's address, its domain in punycode
     * @param letter what is sent
     * @param key notice and recipient, for the tags {@code incident}, {@code notice}, {@code recipient}
     * @param attempt the claim's token, for the tag {@code attempt}
     */
    record Message(String from, Optional<String> replyTo, String to, Letter letter, SendKey key, String attempt) {
        /** Names the record only. */
        @Override
        public String toString() {
            return "message of " + key;
        }
    }
}
