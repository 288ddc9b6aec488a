package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ADDRESS;
import static dk.underret.incident.FindingCode.CONTROL_CHARACTER;
import static dk.underret.incident.FindingCode.INVISIBLE_CHARACTER;
import static dk.underret.incident.FindingCode.LOCAL_NOT_ASCII;
import static dk.underret.incident.FindingCode.NO_ADDRESS;
import static dk.underret.incident.FindingCode.SEVERAL_ADDRESSES;

import dk.underret.incident.FindingCode;
import org.jspecify.annotations.Nullable;

/** Reads an address field: RFC 5321's mailbox with a dot-string for local part (no quoted string, no address literal). */
final class AddressField {
    /** Octets; RFC 5321, 4.5.3.1.1, and 4.5.3.1.3 (a path of 256 with its angle brackets). */
    private static final int LONGEST_LOCAL = 64;

    private static final int LONGEST = 254;
    /** What a dot-string has beside letters, digits and dots (RFC 5322, {@code atext}). */
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

    private AddressField() {}

    static EmailAddress parse(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) return bad(BAD_ADDRESS);
        var field = Text.clean(text);
        if (field.isEmpty()) return bad(NO_ADDRESS);
        var hidden = hidden(field);
        if (hidden != null) return bad(hidden);
        if (isSeveral(field)) return bad(SEVERAL_ADDRESSES);
        var at = field.indexOf('@');
        if (at <= 0 || at != field.lastIndexOf('@')) return bad(BAD_ADDRESS);
        var local = Text.nfc(field.substring(0, at));
        var domain = DomainName.parse(field.substring(at + 1));
        var code = local(local);
        if (code == null) code = domain.code();
        if (code == null && at + 1 + domain.ascii().length() > LONGEST) code = BAD_ADDRESS;
        return code == null ? new EmailAddress.Valid(local + "@" + domain.ascii()) : bad(code);
    }

    private static EmailAddress bad(FindingCode code) {
        return new EmailAddress.Invalid(code);
    }

    /** Characters that can't be seen: control characters, and those that only shape or turn the text around them. */
    private static @Nullable FindingCode hidden(String field) {
        for (var i = 0; i < field.length(); ) {
            var c = field.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80 && c > ' ' && c != 0x7f) continue;
            if (isInvisible(c)) return INVISIBLE_CHARACTER;
            if (Character.getType(c) == Character.CONTROL && c != '\t') return CONTROL_CHARACTER;
        }
        return null;
    }

    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT
                || c == 0x034f // combining grapheme joiner
                || c == 0x115f // Hangul fillers
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0
                || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
                || (c >= 0xe0100 && c <= 0xe01ef);
    }

    /** Whether two pieces between separators are addresses, each by itself. */
    private static boolean isSeveral(String field) {
        if (field.indexOf('@') == field.lastIndexOf('@')) return false;
        var addresses = 0;
        for (var start = 0; start < field.length(); ) {
            var end = start;
            while (end < field.length() && !separates(field.charAt(end))) end++;
            var piece = field.substring(start, end);
            if (piece.indexOf('@') > 0 && piece.indexOf('@') < piece.length() - 1) addresses++;
            start = end + 1;
        }
        return addresses > 1;
    }

    private static boolean separates(char c) {
        return Text.isSpace(c) || ",;/|&<>()\"".indexOf(c) >= 0;
    }

    private static @Nullable FindingCode local(String local) {
        var ascii = true;
        var previous = '.';
        for (var i = 0; i < local.length(); i++) {
            var c = local.charAt(i);
            if (c >= 0x80 && !Text.isSpace(c)) ascii = false;
            else if (c == '.' ? previous == '.' : !isAtext(c)) return BAD_ADDRESS;
            previous = c;
        }
        if (previous == '.') return BAD_ADDRESS;
        if (!ascii) return LOCAL_NOT_ASCII;
        return local.length() > LONGEST_LOCAL ? BAD_ADDRESS : null;
    }

    private static boolean isAtext(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ATEXT.indexOf(c) >= 0;
    }
}
