package dk.underret.letter;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Converts and compares texts of facts and rows. */
final class Texts {
    private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}]+");

    private Texts() {}

    /** Returns the text of a scalar fact; a number is written without exponent. */
    static String of(Object scalar) {
        return scalar instanceof BigDecimal number ? number.toPlainString() : String.valueOf(scalar);
    }

    /** Replaces each run of white space, including line ends, by one space, and strips both ends. */
    static String folded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean singleSpace = c == ' ' && i > 0 && i < text.length() - 1 && text.charAt(i - 1) != ' ';
            if ((c <= ' ' && !singleSpace) || c > '~')
                return WHITE.matcher(text).replaceAll(" ").strip();
        }
        return text;
    }

    /** Whether two texts are equal, ignoring case, Unicode composition and white space at the ends. */
    static boolean same(String one, String other) {
        return one.equals(other) || plain(one).equalsIgnoreCase(plain(other));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
