package dk.underret.letter;

import dk.underret.incident.FindingCode;
import dk.underret.incident.Placeholder;
import dk.underret.letter.LetterFindings.LetterFault;
import java.util.regex.Pattern;

/** Checks a letter's source without interpreting its tags: encoding, leftover placeholders, images, links. */
final class SourceCheck {
    private static final Pattern TAG = Pattern.compile("\\{\\{!--.*?--}}|\\{\\{.*?}}+", Pattern.DOTALL);

    /** Replaces bytes that are not UTF-8, here or in a program that wrote the file before. */
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private SourceCheck() {}

    /** Whether a source is text. If not, reports the first line that isn't; other checks are pointless then. */
    static boolean isText(String source, LetterFindings findings) {
        // LetterLimits reports the length. The end of the text may be cut within a character.
        if (source.length() > LetterLimits.MAX_LENGTH) return true;
        var lines = source.split("\\r\\n|\\r|\\n", -1);
        for (int i = 0; i < lines.length; i++)
            if (lines[i].chars().anyMatch(c -> c == REPLACEMENT_CHARACTER || c == 0)) {
                findings.add(i + 1, "UTF-8", LetterFault.ENCODING);
                return false;
            }
        return true;
    }

    /** Reports placeholders, noncharacters, images and links. */
    static void check(LetterHeader header, String source, LetterFindings findings) {
        placeholders(header.subject(), findings);
        placeholders(header.body(), findings);
        if (source.chars().anyMatch(c -> c >= 0xFDD0 && c <= 0xFDEF)) findings.add(0, "U+FDD0", LetterFault.CHARACTER);
        var withoutTags = withoutTags(header.body(), RenderTrace.OPEN + "0" + RenderTrace.CLOSE);
        int tooDeep = Markdown.tooDeepLine(withoutTags);
        if (tooDeep > 0) {
            findings.add(tooDeep, "Markdown", LetterFault.DEEP);
            return;
        }
        Markdown.findRefused(
                withoutTags,
                (line, construct) -> findings.add(
                        line,
                        construct.replaceAll("[" + RenderTrace.OPEN + RenderTrace.CLOSE + "]", ""),
                        construct.equals("![") ? LetterFault.IMAGE : LetterFault.LINK));
    }

    private static void placeholders(String part, LetterFindings findings) {
        var lines = withoutTags(part, " ").split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int number = i + 1;
            Placeholder.in(lines[i])
                    .ifPresent(placeholder -> findings.add(FindingCode.PLACEHOLDER, number, placeholder, placeholder));
        }
    }

    /** Replaces each tag and keeps its line ends. */
    private static String withoutTags(String part, String replacement) {
        return TAG.matcher(part)
                .replaceAll(tag -> replacement
                        + "\n".repeat((int)
                                tag.group().chars().filter(c -> c == '\n').count()));
    }
}
