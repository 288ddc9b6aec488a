package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;

/**
 * What makes two rows the same person, hashed with the incident's key so that the ledger names nobody. The scheme follows from
 * the list's columns: {@code recipient_id} where there is one, else the address with {@code name} and {@code about}, as far as
 * the list has them. Parents share mailboxes: the same address with another name is another person. Not safe for several
 * threads.
 */
public final class Identity {
    /** Between the parts of an identity: the unit separator, which no accepted value holds. */
    private static final char SEPARATOR = '\u001f';

    private final List<String> columns;
    private final Mac mac;

    private Identity(List<String> columns, Mac mac) {
        this.columns = columns;
        this.mac = mac;
    }

    /**
     * Chooses the scheme.
     *
     * @param columns the list's, canonical
     * @param incidentKey see {@link Keys#incidentKey}
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
        for (var column : List.of("name", "about")) if (columns.contains(column)) scheme.add(column);
        return List.copyOf(scheme);
    }

    /**
     * The columns that make the identity, in its order, for the frozen notice: {@code [recipient_id]}, {@code [email, name]},
     * {@code [email, name, about]} …
     */
    public List<String> columns() {
        return columns;
    }

    /** HMAC-SHA256 of a person's identity, 64 hex digits. */
    public String recipient(Recipient person) {
        return hex(hash(person, address(person.email())));
    }

    /** HMAC-SHA256 of a row that can't be sent, 64 hex digits: a corrected row has another key, and is sent. */
    public String invalid(String version, long row) {
        return hex(mac.doFinal(("row:" + version + SEPARATOR + row).getBytes(UTF_8)));
    }

    /**
     * The 32 bytes behind {@link #recipient}.
     *
     * @param address the person's, as {@link EmailAddress} has it
     */
    byte[] hash(Recipient person, String address) {
        var identity = new StringBuilder();
        for (var i = 0; i < columns.size(); i++) {
            if (i > 0) identity.append(SEPARATOR);
            var column = columns.get(i);
            identity.append(column.equals("email") ? address.toLowerCase(Locale.ROOT) : folded(person.value(column)));
        }
        return mac.doFinal(identity.toString().getBytes(UTF_8));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static String address(String email) {
        return EmailAddress.parse(email) instanceof EmailAddress.Valid good ? good.address() : folded(email);
    }

    /** NFC, case-folded, white space at the ends gone and single in between. */
    static String folded(String text) {
        var folded = new StringBuilder(text.length());
        var ascii = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            ascii &= c < 0x80;
            if (!Text.isSpace(c)) folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
            else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') folded.append(' ');
        }
        if (!folded.isEmpty() && folded.charAt(folded.length() - 1) == ' ') folded.setLength(folded.length() - 1);
        if (ascii) return folded.toString();
        // Upper case first: ß and SS, ς and σ are the same letters (Unicode's full case folding, as far as Java knows
        // it).
        var upper = Text.nfc(folded.toString()).toUpperCase(Locale.ROOT);
        return Text.nfc(upper.toLowerCase(Locale.ROOT));
    }
}
