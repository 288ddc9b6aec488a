package dk.underret.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A sender's {@code Name <address>} as SES takes it: a name that isn't ASCII as encoded words (RFC 2047), which SES asks for in
 * {@code FromEmailAddress} and does not do by itself; one with a comma or another special character in quotation marks.
 */
final class Mailbox {
    private static final Pattern NAMED = Pattern.compile("\"?(.*?)\"?\\s*<([^<>]*)>");

    /** What RFC 5322 wants a name quoted for: a comma, unquoted, ends the address. */
    private static final Pattern SPECIAL = Pattern.compile("[()\\[\\]:;@\\\\,.\"]");

    /** Bytes of an encoded word: in Base64 60 characters, 72 with its marks, of the 75 that RFC 2047 allows. */
    private static final int WORD_BYTES = 45;

    private Mailbox() {}

    /** The mailbox with its name encoded or quoted where it has to be. */
    static String encoded(String mailbox) {
        var named = NAMED.matcher(mailbox.strip());
        if (!named.matches()) return mailbox;
        var address = " <" + named.group(2) + ">";
        if (!isAscii(named.group(1))) return words(named.group(1)) + address;
        var bare = !mailbox.strip().startsWith("\"")
                && SPECIAL.matcher(named.group(1)).find();
        return bare ? quoted(named.group(1)) + address : mailbox;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** No character is split between two words. */
    private static String words(String name) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (int point : name.codePoints().toArray()) {
            var longer = word + Character.toString(point);
            if (longer.getBytes(StandardCharsets.UTF_8).length > WORD_BYTES) {
                words.add(word(word.toString()));
                word.setLength(0);
            }
            word.appendCodePoint(point);
        }
        words.add(word(word.toString()));
        return String.join(" ", words);
    }

    private static String word(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
