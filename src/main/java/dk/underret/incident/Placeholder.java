package dk.underret.incident;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds placeholders that the author has not filled in: {@code ____}, {@code [Skolens navn]}, {@code (Her skriver …)}, {@code
 * dd.mm.åååå}, {@code xx}, {@code …}, {@code {{x}}}.
 */
public final class Placeholder {
    // "TODO" and "TBD" are texts to find in letters and facts, not notes about this code.
    private static final Pattern LEFT = Pattern.compile(
            "_{4,}|\\.{5,}|…{2,}|(?<!\\S)…(?!\\S)|\\{\\{|\\}\\}|\\b[Xx]{2,20}\\b|\\b(?:TODO|TBD)\\b"
                    + "|(?i:lorem ipsum)|(?i:\\bdd[./-]mm(?:[./-](?:åå|yy){1,2})?\\b)"
                    + "|(?i:[\\[(<{]\\s*(?:" + Language.fillInWords() + ")\\b)"
                    // One of these words alone, as in [navn]; in round brackets it may be a kind of data, before ]( a
                    // link.
                    + "|(?i:[\\[<]\\s*(?:" + Language.blankWords() + ")\\s*[\\]>](?!\\())"
                    // Words in square brackets, as in [Skolens navn]; before ( they are a link's text.
                    + "|\\[\\s*\\p{L}[^\\[\\]\\n]{1,60}\\](?!\\()",
            Pattern.UNICODE_CHARACTER_CLASS);

    private Placeholder() {}

    /** Returns the start of the first placeholder in a text, for example {@code [Indsæt}. */
    public static Optional<String> in(String text) {
        var found = LEFT.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
