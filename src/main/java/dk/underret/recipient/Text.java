package dk.underret.recipient;

import java.text.Normalizer;

/** The characters of a field. */
final class Text {
    private Text() {}

    /** White space of any kind, the no-break spaces that spreadsheets and web pages leave included. */
    static boolean isSpace(char c) {
        return c <= ' '
                ? c == ' ' || (c >= '\t' && c <= '\r')
                : c > 0x7f && (Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** Without white space at the ends, in NFC. */
    static String clean(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) start++;
        while (end > start && isSpace(text.charAt(end - 1))) end--;
        return Normalizer.normalize(text.substring(start, end), Normalizer.Form.NFC);
    }
}
