package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ADDRESS;
import static dk.underret.incident.FindingCode.LOOKALIKE_DOMAIN;

import dk.underret.incident.FindingCode;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The domain of an address, in lower case and in punycode. Mapped as UTS 46 does without its transitional rules, by Java's own
 * Unicode tables (NFKC and lower case): {@code java.net.IDN} is IDNA 2003, which turns {@code straße.example} into another
 * domain, {@code strasse.example}, and knows no letter newer than 2002.
 *
 * @param ascii empty where {@code code} is not null
 * @param code why it is none: {@code BAD_ADDRESS} or {@code LOOKALIKE_DOMAIN}
 */
record DomainName(String ascii, @Nullable FindingCode code) {
    /** Octets; RFC 1035, 2.3.4. */
    private static final int LONGEST_LABEL = 63;

    private static final int LONGEST = 253;
    /** Scripts that are written together (UTS 39, "highly restrictive", but Latin with none of them). */
    private static final List<Set<UnicodeScript>> TOGETHER = List.of(
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    static DomainName parse(String text) {
        if (isPlain(text)) return of(text.toLowerCase(Locale.ROOT), false);
        // The dots that keyboards of other scripts have (UTS 46, 2.3) are mapped by hand; NFKC knows only the
        // full-width one.
        var dots = text.replace('\u3002', '.').replace('\uff61', '.');
        var mapped = Normalizer.normalize(dots, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return of(Normalizer.normalize(mapped, Normalizer.Form.NFKC), true);
    }

    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }

    private static DomainName of(String domain, boolean beyondAscii) {
        var ascii = domain;
        if (beyondAscii || domain.contains("xn--")) {
            var labels = new StringJoiner(".");
            for (var label : domain.split("\\.", -1)) {
                var letters = label.startsWith("xn--") ? Punycode.decode(label.substring(4)) : label;
                if (letters == null || !isWord(letters)) return new DomainName("", BAD_ADDRESS);
                if (isMixed(letters)) return new DomainName("", LOOKALIKE_DOMAIN);
                labels.add(isPlain(letters) ? letters : "xn--" + Punycode.encode(letters));
            }
            ascii = labels.toString();
        }
        return isHost(ascii) ? new DomainName(ascii, null) : new DomainName("", BAD_ADDRESS);
    }

    /** Letters, marks, digits and hyphens, a mark never first. */
    private static boolean isWord(String label) {
        for (var i = 0; i < label.length(); ) {
            var c = label.codePointAt(i);
            var mark = Character.getType(c) == Character.NON_SPACING_MARK
                    || Character.getType(c) == Character.COMBINING_SPACING_MARK;
            if (!Character.isLetterOrDigit(c) && c != '-' && (!mark || i == 0)) return false;
            i += Character.charCount(c);
        }
        return true;
    }

    private static boolean isMixed(String label) {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().forEach(c -> scripts.add(UnicodeScript.of(c)));
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        return scripts.size() > 1 && TOGETHER.stream().noneMatch(set -> set.containsAll(scripts));
    }

    /** At least two labels of letters, digits and inner hyphens, the last not a number: that would be an IP address. */
    private static boolean isHost(String domain) {
        if (domain.length() > LONGEST) return false;
        var start = 0;
        for (var dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', start)) {
            if (!isLabel(domain, start, dot)) return false;
            start = dot + 1;
        }
        return start > 0 && isLabel(domain, start, domain.length()) && !isNumber(domain, start);
    }

    private static boolean isLabel(String domain, int start, int end) {
        if (end == start || end - start > LONGEST_LABEL) return false;
        if (domain.charAt(start) == '-' || domain.charAt(end - 1) == '-') return false;
        for (var i = start; i < end; i++) {
            var c = domain.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !isDigit(c) && c != '-') return false;
        }
        return true;
    }

    private static boolean isNumber(String domain, int start) {
        for (var i = start; i < domain.length(); i++) if (!isDigit(domain.charAt(i))) return false;
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
