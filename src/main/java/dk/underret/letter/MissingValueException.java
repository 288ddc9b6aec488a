package dk.underret.letter;

/** A letter was not rendered, because a value is missing or has a line end in the subject. The message has file, line and path only. */
public final class MissingValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * For one value.
     *
     * @param file the letter's file, {@code da.hbs}
     * @param line from 1; 0 if unknown
     * @param path as in the letter: {@code recipient.name}
     */
    public MissingValueException(String file, int line, String path) {
        super(file + " line " + line + ": no value for " + path);
    }
}
