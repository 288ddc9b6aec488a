package dk.underret.recipient;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The requirements of a notice's letters on the list. Column names are canonical ({@link Columns#canonical}). */
public interface LetterNeeds {
    /** Returns the columns that the list must have. */
    Set<String> required();

    /**
     * Returns all columns that any of the letters reads, including those in the conditions of sections. Two rows of one person
     * with equal values in them get the same letter. The set may omit {@code locale}.
     */
    Set<String> read();

    /** Returns the columns whose values the letters print, for some rows at least; some of {@link #read}. */
    default Set<String> printed() {
        return Set.of();
    }

    /**
     * Returns the locale of a row's letter.
     *
     * @param locale the row's own locale, empty if it has none
     * @return empty if there is no letter for the row
     */
    Optional<String> letter(String locale);

    /**
     * Returns the columns that the letter prints for this row and that have no value in it.
     *
     * @param locale the letter's locale, from {@link #letter}
     */
    List<String> missing(String locale, Recipient person);

    /**
     * Returns the columns that the letter's subject prints and that contain a line end in this row. A line end would terminate
     * the header field.
     *
     * @param locale the letter's locale, from {@link #letter}
     */
    List<String> lineEnds(String locale, Recipient person);

    /** Returns requirements that every list meets, with one locale for all rows. */
    static LetterNeeds nothing(String locale) {
        return new LetterNeeds() {
            @Override
            public Set<String> required() {
                return Set.of();
            }

            @Override
            public Set<String> read() {
                return Set.of();
            }

            @Override
            public Optional<String> letter(String rowLocale) {
                return Optional.of(locale);
            }

            @Override
            public List<String> missing(String letterLocale, Recipient person) {
                return List.of();
            }

            @Override
            public List<String> lineEnds(String letterLocale, Recipient person) {
                return List.of();
            }
        };
    }
}
