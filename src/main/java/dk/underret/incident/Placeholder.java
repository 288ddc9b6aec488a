package dk.underret.incident;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds placeholders that the author has not filled in: {@code ____}, {@code [Indsæt …]}, {@code (Her skriver …)}, {@code {{x}}}. */
public final class Placeholder {
    // "TODO" and "TBD" are texts to find in letters and facts, not notes about this code.
    private static final Pattern LEFT = Pattern.compile(
            "_{4,}|\\.{5,}|…{2,}|\\{\\{|\\}\\}|\\bX{3,}\\b|\\b(?:TODO|TBD)\\b|(?i:lorem ipsum)"
                    + "|(?i:[\\[(<{]\\s*(?:" + Language.fillInWords() + ")\\b)"
                    // One of these words alone, as in [navn]; in round brackets it may be a kind of data, before ]( a
                    // link.
                    + "|(?i:[\\[<]\\s*(?:" + Language.blankWords() + ")\\s*[\\]>](?!\\())",
            Pattern.UNICODE_CHARACTER_CLASS);

    private Placeholder() {}

    /** Returns the start of the first placeholder in a text, for example {@code [Indsæt}. */
    public static Optional<String> in(String text) {
        var found = LEFT.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
