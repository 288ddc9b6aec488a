package dk.underret.letter;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** How a fact or a row's value reads as text. */
final class Texts {
    private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}]+");

    private Texts() {}

    /** The text of a scalar fact; a number without exponent. */
    static String of(Object scalar) {
        return scalar instanceof BigDecimal number ? number.toPlainString() : String.valueOf(scalar);
    }

    /** Each run of white space, line ends too, is one space; none at the ends. */
    static String folded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lone = c == ' ' && i > 0 && i < text.length() - 1 && text.charAt(i - 1) != ' ';
            if ((c <= ' ' && !lone) || c > '~') return WHITE.matcher(text).replaceAll(" ").strip();
        }
        return text;
    }

    /** Whether two texts are the same to the person who typed them: case and white space around don't count. */
    static boolean same(String one, String other) {
        return one.equals(other) || plain(one).equalsIgnoreCase(plain(other));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
