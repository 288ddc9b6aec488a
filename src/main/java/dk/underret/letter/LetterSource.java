package dk.underret.letter;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A letter as its author wrote it: header lines, an empty line, a body in Markdown with Handlebars.
 *
 * @param name the letter's name, for example {@code breach-notice}
 * @param locale its language tag, for example {@code da}
 * @param version the S3 object version, or {@link #SHIPPED}
 * @param text the file's text
 */
public record LetterSource(String name, String locale, String version, String text) {
    /** The version of a letter that ships with Underret; its hash tells which one it was. */
    public static final String SHIPPED = "shipped";

    /** Bytes after which a file is longer than any letter, whatever its characters are. */
    static final int MOST_BYTES = 4 * LetterLimits.LONGEST;

    /**
     * Reads a file that should be UTF-8. What is not stands in the text as U+FFFD, and what is beyond the longest letter is left
     * unread: compiling finds both.
     *
     * @throws IOException when it can't be read now
     */
    public static LetterSource read(String name, String locale, String version, InputStream in) throws IOException {
        return new LetterSource(
                name, locale, version, new String(in.readNBytes(MOST_BYTES + 1), StandardCharsets.UTF_8));
    }

    /** Which letter this is, with its hash. */
    public FrozenLetter frozen() {
        return new FrozenLetter(name, locale, version, Sha256.hex(text));
    }

    /** The file's name, for findings: {@code da.hbs}. */
    public String file() {
        return locale + ".hbs";
    }
}
