package dk.underret.letter;

/**
 * The letter to one recipient.
 *
 * @param locale its language tag
 * @param subject one line
 * @param text the plain-text part
 * @param html the HTML part, a whole document
 */
public record Letter(String locale, String subject, String text, String html) {
    /** Contains the language only: a letter is personal data. */
    @Override
    public String toString() {
        return "letter in " + locale;
    }
}
