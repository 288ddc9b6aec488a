package dk.underret.incident;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hashes facts in a canonical form: equal facts have equal hashes, whether they were read from a file, the console, or a table that
 * stores numbers in its own form.
 *
 * <p>The form follows RFC 8785: names sorted by UTF-16 code units, no white space, no unnecessary escapes, UTF-8. It differs in
 * numbers, which are decimals instead of doubles, written plainly without trailing zeros, so that no digit is lost.
 */
public final class FactsHash {
    private FactsHash() {}

    /** Returns the canonical form. */
    public static String canonical(Map<String, Object> facts) {
        var out = new StringBuilder();
        write(facts, out);
        return out.toString();
    }

    /** Returns the SHA-256 of the canonical form in UTF-8, lower-case hex. */
    public static String sha256(Map<String, Object> facts) {
        return Sha256.hex(canonical(facts));
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> object -> writeObject(object, out);
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) out.append(',');
                    write(list.get(i), out);
                }
                out.append(']');
            }
            case String text -> writeText(text, out);
            case Number number -> out.append(plain(new BigDecimal(number.toString())));
            case Boolean yesNo -> out.append(yesNo.booleanValue());
            default ->
                throw new IllegalArgumentException(
                        "no fact is a " + value.getClass().getName());
        }
    }

    private static void writeObject(Map<?, ?> object, StringBuilder out) {
        var sorted = new TreeMap<String, Object>();
        object.forEach((name, value) -> sorted.put((String) name, value));
        out.append('{');
        sorted.forEach((name, value) -> {
            if (out.charAt(out.length() - 1) != '{') out.append(',');
            writeText(name, out);
            out.append(':');
            write(value, out);
        });
        out.append('}');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** Writes a number plainly, except for scales over 100: 1e999999999 written plainly would fill the memory. */
    private static String plain(BigDecimal number) {
        var shortest = number.stripTrailingZeros();
        return Math.abs(shortest.scale()) > 100 ? shortest.toString() : shortest.toPlainString();
    }
}
