package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ADDRESS;
import static dk.underret.incident.FindingCode.CONTROL_CHARACTER;
import static dk.underret.incident.FindingCode.INVISIBLE_CHARACTER;
import static dk.underret.incident.FindingCode.LOCAL_NOT_ASCII;
import static dk.underret.incident.FindingCode.NO_ADDRESS;
import static dk.underret.incident.FindingCode.SEVERAL_ADDRESSES;

import dk.underret.incident.FindingCode;
import org.jspecify.annotations.Nullable;

/**
 * Parses an address field: an RFC 5321 mailbox whose local part is a dot-string. Rejects quoted strings and address literals.
 */
public final class EmailAddressParser {
    /** In octets; RFC 5321, 4.5.3.1.1. */
    private static final int MAX_LOCAL_LENGTH = 64;

    /** In octets; RFC 5321, 4.5.3.1.3: a path of 256 includes its angle brackets. */
    private static final int MAX_LENGTH = 254;

    /** The characters of {@code atext} (RFC 5322) other than letters and digits. */
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

    private EmailAddressParser() {}

    /**
     * Parses an address field.
     *
     * @param text the field as written in the list; white space around the address is ignored, a line end is an error
     */
    public static EmailAddress parse(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) return invalid(BAD_ADDRESS);
        var field = FieldText.clean(text);
        if (field.isEmpty()) return invalid(NO_ADDRESS);
        var invisible = invisibleCharacter(field);
        if (invisible != null) return invalid(invisible);
        if (holdsSeveralAddresses(field)) return invalid(SEVERAL_ADDRESSES);
        var at = field.indexOf('@');
        if (at <= 0 || at != field.lastIndexOf('@')) return invalid(BAD_ADDRESS);
        var local = FieldText.nfc(field.substring(0, at));
        var domain = DomainName.parse(field.substring(at + 1));
        var code = checkLocalPart(local);
        if (code == null) code = domain.code();
        if (code == null && at + 1 + domain.ascii().length() > MAX_LENGTH) code = BAD_ADDRESS;
        return code == null ? new EmailAddress.Valid(local + "@" + domain.ascii()) : invalid(code);
    }

    private static EmailAddress invalid(FindingCode code) {
        return new EmailAddress.Invalid(code);
    }

    /**
     * Returns the code of the first invisible character: a control character, or one that only joins, reorders or varies the
     * text around it. Returns null if there is none.
     */
    private static @Nullable FindingCode invisibleCharacter(String field) {
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

    /** Returns whether at least two parts between separators look like addresses by themselves. */
    private static boolean holdsSeveralAddresses(String field) {
        if (field.indexOf('@') == field.lastIndexOf('@')) return false;
        var addresses = 0;
        for (var start = 0; start < field.length(); ) {
            var end = start;
            while (end < field.length() && !isSeparator(field.charAt(end))) end++;
            var part = field.substring(start, end);
            if (part.indexOf('@') > 0 && part.indexOf('@') < part.length() - 1) addresses++;
            start = end + 1;
        }
        return addresses > 1;
    }

    private static boolean isSeparator(char c) {
        return FieldText.isSpace(c) || ",;/|&<>()\"".indexOf(c) >= 0;
    }

    private static @Nullable FindingCode checkLocalPart(String local) {
        var ascii = true;
        var previous = '.';
        for (var i = 0; i < local.length(); i++) {
            var c = local.charAt(i);
            if (c >= 0x80 && !FieldText.isSpace(c)) ascii = false;
            else if (c == '.' ? previous == '.' : !isAtext(c)) return BAD_ADDRESS;
            previous = c;
        }
        if (previous == '.') return BAD_ADDRESS;
        if (!ascii) return LOCAL_NOT_ASCII;
        return local.length() > MAX_LOCAL_LENGTH ? BAD_ADDRESS : null;
    }

    private static boolean isAtext(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ATEXT.indexOf(c) >= 0;
    }
}
