package dk.underret.ledger;

import dk.underret.incident.FrozenNotice.FrozenLetter;

/**
 * The letter that a dispatch was sent with. Its hash stands in the frozen notice, once for all records.
 *
 * @param name the letter's name, for example {@code breach-notice}
 * @param locale its language tag, for example {@code da}
 * @param version the S3 object version, or {@code shipped}
 */
public record LetterVersion(String name, String locale, String version) {
    /** The frozen letter's name, locale and version. */
    public static LetterVersion of(FrozenLetter letter) {
        return new LetterVersion(letter.name(), letter.locale(), letter.version());
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when {@code text} is of another form
     */
    public static LetterVersion parse(String text) {
        int slash = text.indexOf('/');
        int at = text.indexOf('@', slash + 1);
        if (slash < 0 || at < 0) throw new IllegalArgumentException("not of the form name/locale@version");
        return new LetterVersion(text.substring(0, slash), text.substring(slash + 1, at), text.substring(at + 1));
    }

    /** {@code breach-notice/da@shipped}: how it stands in the ledger. */
    @Override
    public String toString() {
        return name + "/" + locale + "@" + version;
    }
}
