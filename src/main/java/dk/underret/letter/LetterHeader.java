package dk.underret.letter;

import dk.underret.incident.FindingCode;
import dk.underret.letter.LetterFindings.LetterFault;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A letter's source, split into subject and body. Each is padded with empty lines, so that line numbers are those of the file.
 *
 * @param subject the subject's template
 * @param covers the content that the letter's own words state
 * @param body the body's template
 */
record LetterHeader(String subject, Set<RequiredContent> covers, String body) {
    /** Splits a source and reports faults in its header lines. */
    static LetterHeader of(String source, LetterFindings findings) {
        var lines = (source.startsWith("\uFEFF") ? source.substring(1) : source)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .split("\n", -1);
        var subject = "";
        var covers = EnumSet.noneOf(RequiredContent.class);
        int line = 0;
        for (; line < lines.length && !lines[line].isBlank(); line++) {
            int colon = lines[line].indexOf(':');
            var name = colon < 0 ? "" : lines[line].substring(0, colon).strip().toLowerCase(Locale.ROOT);
            var value = lines[line].substring(colon + 1).strip();
            switch (name) {
                case "subject" -> subject = "\n".repeat(line) + value;
                case "covers" -> addCovered(value, line + 1, covers, findings);
                default -> {
                    if (line == 0) return withoutHeader(lines, findings);
                    findings.add(line + 1, lines[line].strip(), LetterFault.HEADER);
                }
            }
        }
        if (subject.isBlank()) findings.add(FindingCode.NO_SUBJECT, 1, "Subject:");
        return new LetterHeader(subject, covers, bodyFrom(lines, line));
    }

    private static LetterHeader withoutHeader(String[] lines, LetterFindings findings) {
        findings.add(FindingCode.NO_SUBJECT, 1, "Subject:");
        return new LetterHeader("", Set.of(), bodyFrom(lines, 0));
    }

    private static String bodyFrom(String[] lines, int from) {
        var body = new StringBuilder("\n".repeat(from));
        for (int i = from; i < lines.length; i++) body.append(lines[i]).append('\n');
        return body.toString();
    }

    private static void addCovered(String words, int line, Set<RequiredContent> covers, LetterFindings findings) {
        for (String word : words.split(",", -1)) {
            var known = Arrays.stream(RequiredContent.values())
                    .filter(content -> content.keyword().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst();
            known.ifPresentOrElse(covers::add, () -> findings.add(line, word.strip(), LetterFault.HEADER));
        }
    }
}
