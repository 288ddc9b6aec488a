package dk.underret.letter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The letter to one recipient. {@code toString} shows nothing of it.
 *
 * @param locale the language it is in
 * @param subject one line
 * @param text the plain-text part
 * @param html the HTML part, a whole document
 */
public record Letter(String locale, String subject, String text, String html) {
    /** SHA-256 over subject, text and HTML, each preceded by its length in bytes as a decimal number and a colon; lower-case hex. */
    public String digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {subject, text, html}) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Shows the language only: a letter is personal data. */
    @Override
    public String toString() {
        return "letter in " + locale;
    }
}
