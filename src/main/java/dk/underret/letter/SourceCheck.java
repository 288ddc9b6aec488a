package dk.underret.letter;

import dk.underret.incident.FindingCode;
import dk.underret.incident.Placeholder;
import java.util.regex.Pattern;

/** What can be seen in a letter's source without its tags' meaning: leftover placeholders, images, links, characters. */
final class SourceCheck {
    private static final Pattern TAG = Pattern.compile("\\{\\{!--.*?--}}|\\{\\{.*?}}+", Pattern.DOTALL);

    /** Stands for bytes that are no UTF-8, and in files that another program has spoilt already. */
    private static final int REPLACED = 0xFFFD;

    private SourceCheck() {}

    /** Whether a source is text at all. Where it isn't, that is found, and nothing else is worth finding. */
    static boolean isText(String source, LetterFindings findings) {
        // Longer than any letter, which Limits finds: its end may be cut off within a character.
        if (source.length() > LetterLimits.LONGEST) return true;
        var lines = source.split("\\r\\n|\\r|\\n", -1);
        for (int i = 0; i < lines.length; i++)
            if (lines[i].chars().anyMatch(c -> c == REPLACED || c == 0)) {
                findings.add(i + 1, "UTF-8", LetterFindings.LetterFault.ENCODING);
                return false;
            }
        return true;
    }

    /** Finds them. */
    static void of(LetterHeader header, String source, LetterFindings findings) {
        placeholders(header.subject(), findings);
        placeholders(header.body(), findings);
        if (source.chars().anyMatch(c -> c >= 0xFDD0 && c <= 0xFDEF))
            findings.add(0, "U+FDD0", LetterFindings.LetterFault.CHARACTER);
        var withoutTags = withoutTags(header.body(), RenderTrace.OPEN + "0" + RenderTrace.CLOSE);
        int tooDeep = Markdown.tooDeep(withoutTags);
        if (tooDeep > 0) {
            findings.add(tooDeep, "Markdown", LetterFindings.LetterFault.DEEP);
            return;
        }
        Markdown.refused(
                withoutTags,
                (line, what) -> findings.add(
                        line,
                        what.replaceAll("[" + RenderTrace.OPEN + RenderTrace.CLOSE + "]", ""),
                        what.equals("![") ? LetterFindings.LetterFault.IMAGE : LetterFindings.LetterFault.LINK));
    }

    private static void placeholders(String part, LetterFindings findings) {
        var lines = withoutTags(part, " ").split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int number = i + 1;
            Placeholder.in(lines[i]).ifPresent(left -> findings.add(FindingCode.PLACEHOLDER, number, left, left));
        }
    }

    /** With this in place of each tag, and the lines as they were. */
    private static String withoutTags(String part, String instead) {
        return TAG.matcher(part)
                .replaceAll(tag -> instead
                        + "\n".repeat((int)
                                tag.group().chars().filter(c -> c == '\n').count()));
    }
}
