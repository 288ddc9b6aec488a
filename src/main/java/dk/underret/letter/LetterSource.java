package dk.underret.letter;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A letter's file: header lines, an empty line, and a body in Markdown with Handlebars.
 *
 * @param name the letter's name, for example {@code breach-notice}
 * @param locale its language tag, for example {@code da}
 * @param version the S3 object version, or {@link #SHIPPED}
 * @param text the file's text
 */
public record LetterSource(String name, String locale, String version, String text) {
    /** The version of a letter that ships with Underret; its hash identifies it. */
    public static final String SHIPPED = "shipped";

    /** The maximum size in bytes of a letter of the maximum length. */
    static final int MAX_BYTES = 4 * LetterLimits.MAX_LENGTH;

    /**
     * Reads a file as UTF-8. Invalid bytes become U+FFFD, and a file is read only a little beyond the maximum length: compiling
     * reports both.
     *
     * @throws IOException if reading fails
     */
    public static LetterSource read(String name, String locale, String version, InputStream in) throws IOException {
        return new LetterSource(
                name, locale, version, new String(in.readNBytes(MAX_BYTES + 1), StandardCharsets.UTF_8));
    }

    /** The letter's identity, with the SHA-256 of its text. */
    public FrozenLetter frozen() {
        return new FrozenLetter(name, locale, version, Sha256.hex(text));
    }

    /** The file name in findings: {@code da.hbs}. */
    public String file() {
        return locale + ".hbs";
    }
}
