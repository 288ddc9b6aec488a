package dk.underret.recipient;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the notice's letters need of the list. Column names are canonical ({@link Columns#canonical}). */
public interface LetterNeeds {
    /** The columns that the list must have. */
    Set<String> required();

    /**
     * All columns that any of the letters reads, conditions of sections included: what makes two rows of one person the same
     * letter. {@code locale} need not be among them.
     */
    Set<String> read();

    /**
     * The locale of the letter that a row gets.
     *
     * @param locale the row's own, empty where it has none
     * @return empty when there is no letter for it
     */
    Optional<String> letter(String locale);

    /**
     * The columns that this letter prints for this row although the row has no value there.
     *
     * @param locale the letter's, as {@link #letter} said
     */
    List<String> missing(String locale, Recipient person);

    /**
     * The columns that this letter's subject prints and that hold a line end in this row: it would end the header.
     *
     * @param locale the letter's, as {@link #letter} said
     */
    List<String> lineEnds(String locale, Recipient person);

    /** Letters that need nothing: one locale for every row. */
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
