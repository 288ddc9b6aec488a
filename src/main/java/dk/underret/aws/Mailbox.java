package dk.underret.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Encodes a sender's {@code Name <address>} for {@code FromEmailAddress} of SES. A name beyond ASCII becomes encoded words
 * (RFC 2047), which SES requires and doesn't produce itself. A name with a comma or another special character is quoted.
 */
final class Mailbox {
    private static final Pattern NAMED = Pattern.compile("\"?(.*?)\"?\\s*<([^<>]*)>");

    /** Characters that require quoting (RFC 5322). An unquoted comma ends the address. */
    private static final Pattern SPECIAL = Pattern.compile("[()\\[\\]:;@\\\\,.\"]");

    /** Bytes per encoded word: 60 characters in Base64, 72 with the delimiters, of the 75 that RFC 2047 allows. */
    private static final int WORD_BYTES = 45;

    private Mailbox() {}

    /** Returns the mailbox with its name encoded or quoted if necessary. */
    static String encoded(String mailbox) {
        var named = NAMED.matcher(mailbox.strip());
        if (!named.matches()) return mailbox;
        var address = " <" + named.group(2) + ">";
        if (!isAscii(named.group(1))) return encodedWords(named.group(1)) + address;
        var needsQuotes = !mailbox.strip().startsWith("\"")
                && SPECIAL.matcher(named.group(1)).find();
        return needsQuotes ? quoted(named.group(1)) + address : mailbox;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /** Encodes a name as words separated by spaces. Never splits a character between two words. */
    private static String encodedWords(String name) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (int point : name.codePoints().toArray()) {
            var longer = word + Character.toString(point);
            if (longer.getBytes(StandardCharsets.UTF_8).length > WORD_BYTES) {
                words.add(encodedWord(word.toString()));
                word.setLength(0);
            }
            word.appendCodePoint(point);
        }
        words.add(encodedWord(word.toString()));
        return String.join(" ", words);
    }

    private static String encodedWord(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
