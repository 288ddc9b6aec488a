package dk.underret.letter;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A letter's source, compiled: subject, text and HTML from one file. Immutable, thread-safe. */
public final class LetterTemplate {
    private LetterTemplate() {}

    /**
     * Compiles a source.
     *
     * @throws FindingsException with all that is wrong with it by itself: syntax, helpers, roots, refused constructs, a leftover
     *     placeholder, no subject
     */
    public static LetterTemplate compile(LetterSource source) throws FindingsException {
        throw new IllegalStateException(source.file());
    }

    /**
     * Checks the letter against the facts it will be made of and the columns of the list.
     *
     * @param facts the notice's merged facts
     * @param columns the list's canonical column names
     * @return in the letter's order; empty when every row that meets {@link #requirements} gets a whole letter
     */
    public List<Finding> check(Map<String, Object> facts, Set<String> columns) {
        return List.of();
    }

    /** What the letter needs of each row. */
    public Requirements requirements(Map<String, Object> facts) {
        throw new IllegalStateException();
    }

    /** Which parts the letter tells everybody, by printing them or by its own words ({@code Covers:}). */
    public Set<Part> tells(Map<String, Object> facts) {
        return Set.of();
    }

    /** The letter with its facts, ready for any number of recipients. */
    public PreparedLetter prepare(Map<String, Object> facts) {
        return new PreparedLetter();
    }
}
