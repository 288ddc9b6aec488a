package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.underret.incident.Language;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;

/**
 * Computes a recipient's identity, hashed with the incident's key so that the ledger holds no names.
 *
 * <p>The list's columns determine the scheme: {@code recipient_id} if the list has it, else the e-mail address with
 * {@code name} and {@code about}, as far as the list has them. The same address with another name is another person, because
 * parents share mailboxes. Not thread-safe.
 */
public final class Identity {
    /** Separates the parts of an identity: the unit separator, which no accepted value contains. */
    private static final char SEPARATOR = '\u001f';

    private final List<String> columns;
    private final Mac mac;

    private Identity(List<String> columns, Mac mac) {
        this.columns = columns;
        this.mac = mac;
    }

    /**
     * Creates the identity scheme of a list.
     *
     * @param columns the list's columns, by canonical name
     * @param incidentKey the key from {@link Keys#incidentKey}
     */
    public static Identity of(Collection<String> columns, Key incidentKey) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(incidentKey);
            return new Identity(scheme(columns), mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static List<String> scheme(Collection<String> columns) {
        if (columns.contains("recipient_id")) return List.of("recipient_id");
        var scheme = new ArrayList<>(List.of("email"));
        for (var column : List.of("name", Columns.ABOUT)) if (columns.contains(column)) scheme.add(column);
        return List.copyOf(scheme);
    }

    /**
     * Returns the columns that make up the identity, in its order, as the frozen notice records them: {@code [recipient_id]},
     * {@code [email, name]}, {@code [email, name, about]} …
     */
    public List<String> columns() {
        return columns;
    }

    /** Returns the HMAC-SHA256 of a person's identity, 64 hex digits. */
    public String recipient(Recipient person) {
        return hex(hash(person, address(person.email())));
    }

    /**
     * Returns the key of a row that can't be sent, 64 hex digits: the HMAC-SHA256 of the list's version and the row number. A
     * corrected row has another key, so it is sent.
     */
    public String invalid(String version, long row) {
        return hex(mac.doFinal(("row:" + version + SEPARATOR + row).getBytes(UTF_8)));
    }

    /**
     * Returns {@link #recipient} as 32 bytes.
     *
     * @param address the person's address in the form of {@link EmailAddress.Valid}
     */
    byte[] hash(Recipient person, String address) {
        var identity = new StringBuilder();
        for (var i = 0; i < columns.size(); i++) {
            if (i > 0) identity.append(SEPARATOR);
            var column = columns.get(i);
            identity.append(column.equals("email") ? address.toLowerCase(Locale.ROOT) : folded(value(person, column)));
        }
        return mac.doFinal(identity.toString().getBytes(UTF_8));
    }

    /** A column such as {@code Elev} may say yes or no instead of a name. It then tells no two persons apart. */
    private static String value(Recipient person, String column) {
        var value = person.value(column);
        return column.equals(Columns.ABOUT) && (FieldText.isNo(value) || Language.saysYes(value)) ? "" : value;
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static String address(String email) {
        return EmailAddressParser.parse(email) instanceof EmailAddress.Valid valid ? valid.address() : folded(email);
    }

    /** Returns the text in NFC and case-folded, without white space at the ends and with single spaces in between. */
    static String folded(String text) {
        var folded = new StringBuilder(text.length());
        var ascii = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            ascii &= c < 0x80;
            if (!FieldText.isSpace(c)) folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
            else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') folded.append(' ');
        }
        if (!folded.isEmpty() && folded.charAt(folded.length() - 1) == ' ') folded.setLength(folded.length() - 1);
        if (ascii) return folded.toString();
        // Upper case first, so that ß equals SS and ς equals σ: Unicode's full case folding, as far as Java has it.
        var upper = FieldText.nfc(folded.toString()).toUpperCase(Locale.ROOT);
        return FieldText.nfc(upper.toLowerCase(Locale.ROOT));
    }
}
