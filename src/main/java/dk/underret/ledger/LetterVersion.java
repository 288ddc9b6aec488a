package dk.underret.ledger;

import dk.underret.incident.FrozenNotice.FrozenLetter;

/**
 * The version of a letter. The frozen notice has its hash.
 *
 * @param name the letter's name, for example {@code breach-notice}
 * @param locale its language tag, for example {@code da}
 * @param version the S3 object version, or {@code shipped}
 */
public record LetterVersion(String name, String locale, String version) {
    /** Returns the version of a frozen letter. */
    public static LetterVersion of(FrozenLetter letter) {
        return new LetterVersion(letter.name(), letter.locale(), letter.version());
    }

    /**
     * Parses the format that {@link #toString} writes.
     *
     * @throws IllegalArgumentException when {@code text} has another format
     */
    public static LetterVersion parse(String text) {
        int slash = text.indexOf('/');
        int at = text.indexOf('@', slash + 1);
        if (slash < 0 || at < 0) throw new IllegalArgumentException("not of the form name/locale@version");
        return new LetterVersion(text.substring(0, slash), text.substring(slash + 1, at), text.substring(at + 1));
    }

    /** Returns the format that the ledger stores, for example {@code breach-notice/da@shipped}. */
    @Override
    public String toString() {
        return name + "/" + locale + "@" + version;
    }
}
