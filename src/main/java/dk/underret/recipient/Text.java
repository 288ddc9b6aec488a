package dk.underret.recipient;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** The characters of a field. */
final class Text {
    /** What people type for "no"; the same words count as empty in a letter's conditions. */
    private static final Set<String> NO = Set.of("no", "nej", "false", "0");

    private Text() {}

    /** White space of any kind, the no-break spaces that spreadsheets and web pages leave included. */
    static boolean isSpace(char c) {
        if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
        // Of letters up to the Ethiopic ones only the no-break space stands between.
        if (c < 0x1680) return c == '\u00a0';
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Without white space at the ends, in NFC. */
    static String clean(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isSpace(text.charAt(start))) start++;
        while (end > start && isSpace(text.charAt(end - 1))) end--;
        return nfc(text.substring(start, end));
    }

    /** In NFC. */
    static String nfc(String text) {
        // Nothing below U+0300 combines: most names need no look at Unicode's tables.
        for (var i = 0; i < text.length(); i++)
            if (text.charAt(i) >= 0x300) return Normalizer.normalize(text, Normalizer.Form.NFC);
        return text;
    }

    /** Whether there is one of Unicode's second set of control characters, U+0080 to U+009F. */
    static boolean hasSecondControls(String text) {
        for (var i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80 && text.charAt(i) <= 0x9f) return true;
        return false;
    }

    /** Whether the value is empty, or says no. */
    static boolean isNo(String value) {
        return value.isEmpty() || NO.contains(value.toLowerCase(Locale.ROOT));
    }
}
