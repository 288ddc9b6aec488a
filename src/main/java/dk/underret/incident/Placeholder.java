package dk.underret.incident;

import java.util.Optional;
import java.util.regex.Pattern;

/** What templates leave to be filled in, and people forget to: {@code ____}, {@code [Indsæt …]}, {@code (Her skriver …)}, {@code {{x}}}. */
public final class Placeholder {
    // "TODO" and the like are what is looked for in letters and facts; nothing is left to do here.
    private static final Pattern LEFT = Pattern.compile(
            "_{4,}|\\.{5,}|…{2,}|\\{\\{|\\}\\}|\\bX{3,}\\b|\\b(?:TODO|TBD)\\b|(?i:lorem ipsum)"
                    + "|(?i:[\\[(<{]\\s*(?:" + Language.fillInWords() + ")\\b)"
                    // One of these words alone, as in [navn]; in round brackets it may be a kind of data, before ]( a
                    // link.
                    + "|(?i:[\\[<]\\s*(?:" + Language.blankWords() + ")\\s*[\\]>](?!\\())",
            Pattern.UNICODE_CHARACTER_CLASS);

    private Placeholder() {}

    /** The first placeholder's beginning in a text, as it stands there, for example {@code [Indsæt}. */
    public static Optional<String> in(String text) {
        var found = LEFT.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
