package dk.underret.recipient;

import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the labels of internationalized domain names, without their {@code xn--} prefix: Bootstring (RFC 3492,
 * section 6) with the parameters of section 5.
 */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;
    /** In characters; a longer label is invalid in any domain. */
    private static final int MAX_LENGTH = 256;

    private Punycode() {}

    /** Encodes a label. Truncates one of more than 256 characters: the result is still too long for a domain. */
    static String encode(String label) {
        var points = label.codePoints().limit(MAX_LENGTH).toArray();
        var out = new StringBuilder();
        for (var c : points) if (c < INITIAL_N) out.append((char) c);
        var basic = out.length();
        var done = basic;
        if (basic > 0) out.append('-');
        var n = INITIAL_N;
        var delta = 0;
        var bias = INITIAL_BIAS;
        while (done < points.length) {
            var next = Integer.MAX_VALUE;
            for (var c : points) if (c >= n && c < next) next = c;
            delta += (next - n) * (done + 1);
            n = next;
            for (var c : points) {
                if (c < n) delta++;
                if (c != n) continue;
                append(out, delta, bias);
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done++;
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int delta, int bias) {
        var q = delta;
        for (var k = BASE; ; k += BASE) {
            var t = threshold(k, bias);
            if (q < t) break;
            out.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
        out.append(digit(q));
    }

    /**
     * Decodes a lower-case label. Returns null if it encodes only ASCII, or isn't what {@link #encode} writes: another spelling
     * of a label is another domain.
     */
    static @Nullable String decode(String code) {
        if (code.length() > MAX_LENGTH) return null;
        var out = new StringBuilder();
        var hyphen = code.lastIndexOf('-');
        if (hyphen > 0) out.append(code, 0, hyphen);
        var at = hyphen + 1;
        if (at == code.length()) return null;
        var points = out.codePoints().boxed().collect(Collectors.toCollection(ArrayList::new));
        var n = INITIAL_N;
        var bias = INITIAL_BIAS;
        long i = 0;
        while (at < code.length()) {
            var before = i;
            long weight = 1;
            for (var k = BASE; ; k += BASE) {
                if (at == code.length()) return null;
                var digit = Character.digit(code.charAt(at++), BASE);
                // Character.digit maps 0-9 to 0-9 and a-z to 10-35. Punycode maps a-z to 0-25 and 0-9 to 26-35.
                if (digit < 0) return null;
                digit = digit < 10 ? digit + 26 : digit - 10;
                i += digit * weight;
                var t = threshold(k, bias);
                if (digit < t) break;
                weight *= BASE - t;
                if (i > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) return null;
            }
            var length = points.size() + 1;
            bias = adapt((int) Math.min(i - before, Integer.MAX_VALUE), length, before == 0);
            n += (int) (i / length);
            if (n > Character.MAX_CODE_POINT || n < 0) return null;
            points.add((int) (i % length), n);
            i = i % length + 1;
        }
        out.setLength(0);
        points.forEach(out::appendCodePoint);
        var label = out.toString();
        // Refuses a hyphen with no ASCII before it, numbers that overflow, and halves of a character.
        return encode(label).equals(code) ? label : null;
    }

    private static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    private static char digit(int d) {
        return (char) (d < 26 ? 'a' + d : '0' + d - 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        var d = first ? delta / DAMP : delta / 2;
        d += d / points;
        var k = 0;
        while (d > (BASE - T_MIN) * T_MAX / 2) {
            d /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * d / (d + SKEW);
    }
}
