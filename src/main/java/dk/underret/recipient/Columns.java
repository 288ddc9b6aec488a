package dk.underret.recipient;

import dk.underret.incident.Language;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Maps the column titles that people write, in any language of Underret, to canonical names. */
public final class Columns {
    /** The canonical name of the column with the person whom the letter is about, if it isn't the recipient: a child, a ward. */
    public static final String ABOUT = "about";

    private static final Set<String> OPTIONAL = Set.of(
            ABOUT,
            "locale",
            "affected_data",
            "recipient_id",
            "address_1",
            "address_2",
            "address_3",
            "postcode",
            "city",
            "country",
            "email_2",
            "phone",
            "protected",
            "do_not_write");

    private Columns() {}

    /**
     * Returns the canonical name of a column: in NFC and lower case, with one underscore for each run of characters other than
     * letters and digits, and none at either end. Synonyms get the canonical name. {@code Lånernr.} becomes {@code lånernr},
     * {@code E-mail} becomes {@code email}, {@code Navn} becomes {@code name}.
     */
    public static String canonical(String header) {
        var name = snakeCase(header);
        return Language.columnNames().getOrDefault(name, name);
    }

    /**
     * Returns whether a list may lack this column, by any of its names, if the letter prints it only where it has a value: the
     * columns that say something about some of the people.
     */
    public static boolean isOptional(String column) {
        return OPTIONAL.contains(canonical(column));
    }

    private static String snakeCase(String header) {
        var text = Normalizer.normalize(header, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        var name = new StringBuilder(text.length());
        var gap = false;
        for (var i = 0; i < text.length(); ) {
            var c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isLetterOrDigit(c)) {
                gap = true;
                continue;
            }
            if (gap && !name.isEmpty()) name.append('_');
            gap = false;
            name.appendCodePoint(c);
        }
        return name.toString();
    }
}
