package dk.underret.recipient;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** The names of a list's columns: what people write, and the one name that each has here. */
public final class Columns {
    private static final Map<String, String> SYNONYMS = Map.of(
            "e_mail", "email",
            "navn", "name",
            "sprog", "locale",
            "vedrørende", "about",
            "adresse", "address_1",
            "postnr", "postcode",
            "by", "city",
            "land", "country");

    private Columns() {}

    /**
     * The canonical name: NFC, lower case, each run of anything but letters and digits an underscore, none at the ends; Danish
     * synonyms in English. {@code Lånernr.} is {@code lånernr}, {@code E-mail} is {@code email}, {@code Navn} is {@code name}.
     */
    public static String canonical(String header) {
        var words = words(header);
        return SYNONYMS.getOrDefault(words, words);
    }

    private static String words(String header) {
        var text = Normalizer.normalize(header, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        var words = new StringBuilder(text.length());
        var gap = false;
        for (var i = 0; i < text.length(); ) {
            var c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isLetterOrDigit(c)) {
                gap = true;
                continue;
            }
            if (gap && !words.isEmpty()) words.append('_');
            gap = false;
            words.appendCodePoint(c);
        }
        return words.toString();
    }
}
