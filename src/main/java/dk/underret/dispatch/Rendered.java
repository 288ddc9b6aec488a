package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Sha256;
import dk.underret.letter.Letter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One recipient's letter, ready to go. {@code toString} shows nothing of it.
 *
 * @param to the address, its domain in punycode
 * @param letter what is sent
 * @param source which letter it was made from
 */
record Rendered(String to, Letter letter, FrozenLetter source) {
    /** SHA-256 over subject, text and HTML, each preceded by its length in bytes and a colon, lower-case hex. */
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

    /** Names the letter's source only. */
    @Override
    public String toString() {
        return "letter from " + source.name() + " in " + source.locale();
    }
}
