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
 * The domain of an address, in lower case and Punycode. Its length is limited by that of the address.
 *
 * <p>Follows the mapping of UTS 46 without transitional processing, with Java's Unicode tables (NFKC and lower case).
 * {@code java.net.IDN} implements IDNA 2003: it maps {@code straße.example} to another domain, {@code strasse.example}, and
 * doesn't know letters that Unicode added after 2002.
 *
 * @param ascii the domain; empty if {@code code} is not null
 * @param code why the domain is invalid: {@code BAD_ADDRESS} or {@code LOOKALIKE_DOMAIN}; null if it is valid
 */
record DomainName(String ascii, @Nullable FindingCode code) {
    /** In octets; RFC 1035, 2.3.4. */
    private static final int MAX_LABEL_LENGTH = 63;
    /** Scripts that one label may mix: those of UTS 39, "Highly Restrictive", but without Latin. */
    private static final List<Set<UnicodeScript>> COMBINABLE_SCRIPTS = List.of(
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    static DomainName parse(String text) {
        if (isAscii(text)) return of(text.toLowerCase(Locale.ROOT), false);
        // UTS 46, 2.3 maps three other dots to the full stop; NFKC maps only the full-width one of them.
        var dots = text.replace('\u3002', '.').replace('\uff61', '.');
        var mapped = Normalizer.normalize(dots, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return of(Normalizer.normalize(mapped, Normalizer.Form.NFKC), true);
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }

    private static DomainName of(String domain, boolean internationalized) {
        var ascii = domain;
        if (internationalized || domain.contains("xn--")) {
            var labels = new StringJoiner(".");
            for (var label : domain.split("\\.", -1)) {
                var unicode = label.startsWith("xn--") ? Punycode.decode(label.substring(4)) : label;
                if (unicode == null || !isLabelText(unicode)) return new DomainName("", BAD_ADDRESS);
                if (mixesScripts(unicode)) return new DomainName("", LOOKALIKE_DOMAIN);
                labels.add(isAscii(unicode) ? unicode : "xn--" + Punycode.encode(unicode));
            }
            ascii = labels.toString();
        }
        return isHost(ascii) ? new DomainName(ascii, null) : new DomainName("", BAD_ADDRESS);
    }

    /** Returns whether the label has only letters, marks, digits and hyphens, and doesn't start with a mark. */
    private static boolean isLabelText(String label) {
        for (var i = 0; i < label.length(); ) {
            var c = label.codePointAt(i);
            var mark = Character.getType(c) == Character.NON_SPACING_MARK
                    || Character.getType(c) == Character.COMBINING_SPACING_MARK;
            if (!Character.isLetterOrDigit(c) && c != '-' && (!mark || i == 0)) return false;
            i += Character.charCount(c);
        }
        return true;
    }

    private static boolean mixesScripts(String label) {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().forEach(c -> scripts.add(UnicodeScript.of(c)));
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        return scripts.size() > 1 && COMBINABLE_SCRIPTS.stream().noneMatch(set -> set.containsAll(scripts));
    }

    /**
     * Returns whether the domain has at least two labels of letters, digits and inner hyphens. Rejects a number as the last
     * label: that would be an IP address.
     */
    private static boolean isHost(String domain) {
        var start = 0;
        for (var dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', start)) {
            if (!isLabel(domain, start, dot)) return false;
            start = dot + 1;
        }
        return start > 0 && isLabel(domain, start, domain.length()) && !isNumber(domain, start);
    }

    private static boolean isLabel(String domain, int start, int end) {
        if (end == start || end - start > MAX_LABEL_LENGTH) return false;
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
