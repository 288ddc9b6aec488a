package dk.underret.letter;

/** A letter would have had a blank, or a line end in its subject: it is not made. The message names file, line and path only. */
public final class MissingValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A value that can't be printed.
     *
     * @param file the letter's file, {@code da.hbs}
     * @param line from 1
     * @param path as the letter has it, {@code recipient.name}
     */
    public MissingValueException(String file, int line, String path) {
        super(file + " line " + line + ": no value for " + path);
    }
}
