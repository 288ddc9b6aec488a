package dk.underret.letter;

import dk.underret.recipient.Recipient;

/** A letter with its facts: what is the same for all recipients is rendered once. Rendering is a pure function of the row. Thread-safe. */
public final class PreparedLetter {
    PreparedLetter() {}

    /**
     * The letter to one recipient.
     *
     * @throws MissingValueException when the row lacks a value that its letter prints ({@link Requirements#missing} tells
     *     before)
     */
    public Letter render(Recipient recipient) {
        throw new IllegalStateException(recipient.toString());
    }
}
