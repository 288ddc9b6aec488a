package dk.underret.letter;

/**
 * The letter to one recipient. {@code toString} shows nothing of it.
 *
 * @param locale the language it is in
 * @param subject one line
 * @param text the plain-text part
 * @param html the HTML part, a whole document
 */
public record Letter(String locale, String subject, String text, String html) {
    /** Shows the language only: a letter is personal data. */
    @Override
    public String toString() {
        return "letter in " + locale;
    }
}
