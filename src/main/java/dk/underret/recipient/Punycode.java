package dk.underret.recipient;

import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bootstring with the parameters of RFC 3492, sections 5 and 6: labels of domains beyond ASCII, without their {@code xn--}. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_NOT_ASCII = 0x80;
    /** Longer labels are no domain's in any case. */
    private static final int LONGEST = 256;

    private Punycode() {}

    /** Encodes a label of at most 256 characters; a longer one comes out cut, and is too long for a domain still. */
    static String encode(String label) {
        var points = label.codePoints().limit(LONGEST).toArray();
        var out = new StringBuilder();
        for (var c : points) if (c < FIRST_NOT_ASCII) out.append((char) c);
        var basic = out.length();
        var done = basic;
        if (basic > 0) out.append('-');
        var n = FIRST_NOT_ASCII;
        var delta = 0;
        var bias = FIRST_BIAS;
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

    /** Decodes a label in lower case; null where it is no punycode, or that of plain ASCII. */
    static @Nullable String decode(String code) {
        if (code.length() > LONGEST) return null;
        var out = new StringBuilder();
        var hyphen = code.lastIndexOf('-');
        if (hyphen > 0) out.append(code, 0, hyphen);
        var at = hyphen + 1;
        // The encoder writes no hyphen in front of nothing: read without it, this would be another domain.
        if (hyphen == 0 || at == code.length()) return null;
        var points = out.codePoints().boxed().collect(Collectors.toCollection(ArrayList::new));
        var n = FIRST_NOT_ASCII;
        var bias = FIRST_BIAS;
        long i = 0;
        while (at < code.length()) {
            var before = i;
            long weight = 1;
            for (var k = BASE; ; k += BASE) {
                if (at == code.length()) return null;
                var digit = Character.digit(code.charAt(at++), BASE);
                // Character.digit counts 0-9 before a-z, punycode after.
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
        var text = new StringBuilder();
        points.forEach(text::appendCodePoint);
        return text.toString();
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
