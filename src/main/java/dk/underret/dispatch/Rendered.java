package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Sha256;
import dk.underret.letter.Letter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Holds one recipient's letter, ready to be sent. {@code toString} reveals nothing of it.
 *
 * @param to the address, its domain in punycode
 * @param letter the letter
 * @param source the version of the letter it was made from
 */
record Rendered(String to, Letter letter, FrozenLetter source) {
    /** Returns the SHA-256 of subject, text and HTML, each preceded by its length in bytes and a colon, in lower-case hex. */
    String digest() {
        var digest = Sha256.newDigest();
        update(digest, letter.subject());
        update(digest, letter.text());
        update(digest, letter.html());
        return Sha256.hex(digest);
    }

    private static void update(MessageDigest digest, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    /** Returns only the letter's name and locale. */
    @Override
    public String toString() {
        return "letter from " + source.name() + " in " + source.locale();
    }
}
