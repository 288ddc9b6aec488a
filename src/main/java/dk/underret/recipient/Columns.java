package dk.underret.recipient;

import dk.underret.incident.Language;
import java.text.Normalizer;
import java.util.Locale;

/** Maps the column titles that people write, in Danish or English, to canonical names. */
public final class Columns {
    private Columns() {}

    /**
     * Returns the canonical name of a column: in NFC and lower case, with one underscore for each run of characters other than
     * letters and digits, and none at either end. Danish synonyms become English. {@code Lånernr.} becomes {@code lånernr},
     * {@code E-mail} becomes {@code email}, {@code Navn} becomes {@code name}.
     */
    public static String canonical(String header) {
        var name = snakeCase(header);
        return Language.columnNames().getOrDefault(name, name);
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
