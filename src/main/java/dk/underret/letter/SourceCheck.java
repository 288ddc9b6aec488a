package dk.underret.letter;

import dk.underret.incident.FindingCode;
import java.util.regex.Pattern;

/** What can be seen in a letter's source without its tags' meaning: leftover placeholders, images, links, characters. */
final class SourceCheck {
    /** Blanks to be filled in, and instructions to whoever fills them in. */
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "_{4,}|\\.{6,}|\u2026{3,}|[\\[(](?:Indsæt|Udfyld|Insert|Fill in|Her skriver|Skriv her)\\b[^\\])]*"
                    + "|\\b(?:TODO|XXX+)\\b|lorem ipsum",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}", Pattern.DOTALL);
    private static final int SHOWN = 40;

    private SourceCheck() {}

    /** Finds them. */
    static void of(LetterHeader header, String source, LetterFindings findings) {
        line(header.subject(), findings);
        line(header.body(), findings);
        if (source.chars().anyMatch(c -> (c >= 0xFDD0 && c <= 0xFDEF) || c == 0))
            findings.add(0, "U+FDD0", LetterFindings.Reason.CHARACTER);
        var withoutTags = TAG.matcher(header.body())
                .replaceAll(tag -> Trace.OPEN
                        + "0"
                        + Trace.CLOSE
                        + "\n".repeat((int)
                                tag.group().chars().filter(c -> c == '\n').count()));
        Markdown.refused(
                withoutTags,
                (line, what) -> findings.add(
                        line,
                        what.replaceAll("[" + Trace.OPEN + Trace.CLOSE + "]", ""),
                        what.equals("![") ? LetterFindings.Reason.IMAGE : LetterFindings.Reason.LINK));
    }

    private static void line(String part, LetterFindings findings) {
        int number = 0;
        for (String line : part.split("\n", -1)) {
            number++;
            var placeholder = PLACEHOLDER.matcher(TAG.matcher(line).replaceAll(" "));
            if (!placeholder.find()) continue;
            var shown = placeholder.group();
            shown = shown.length() > SHOWN ? shown.substring(0, SHOWN) : shown;
            findings.add(FindingCode.PLACEHOLDER, number, shown, shown);
        }
    }
}
