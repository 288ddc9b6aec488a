package dk.underret.recipient;

import dk.underret.incident.Language;
import java.text.Normalizer;

/** White space and normalization of a field's text, and the words for "no" in it. */
final class FieldText {
    private FieldText() {}

    /** Returns whether the character is white space, including the no-break spaces of spreadsheets and web pages. */
    static boolean isSpace(char c) {
        if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
        // The no-break space is the only white space from U+0080 up to U+1680.
        if (c < 0x1680) return c == '\u00a0';
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Returns the text in NFC, without white space at the ends. */
    static String clean(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isSpace(text.charAt(start))) start++;
        while (end > start && isSpace(text.charAt(end - 1))) end--;
        return nfc(text.substring(start, end));
    }

    /** Returns the text in NFC. */
    static String nfc(String text) {
        // No character below U+0300 combines, so most names need no lookup in the Unicode tables.
        for (var i = 0; i < text.length(); i++)
            if (text.charAt(i) >= 0x300) return Normalizer.normalize(text, Normalizer.Form.NFC);
        return text;
    }

    /** Returns whether the text contains a C1 control character, U+0080 to U+009F. */
    static boolean hasC1Control(String text) {
        for (var i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80 && text.charAt(i) <= 0x9f) return true;
        return false;
    }

    /** Returns whether the value is empty or a word for "no". */
    static boolean isNo(String value) {
        return value.isEmpty() || Language.saysNo(value);
    }
}
