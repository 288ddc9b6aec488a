package dk.underret.letter;

import dk.underret.incident.FindingCode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A letter's source in its two parts, each padded to its place in the file, so that a line's number is the file's.
 *
 * @param subject the subject's template
 * @param covers the parts that the letter's own words tell
 * @param body the body's template
 * @param bodyLine the line that the body begins at
 */
record LetterHeader(String subject, Set<RequiredContent> covers, String body, int bodyLine) {
    /** Splits a source; what is wrong with its header lines is found. */
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
                case "covers" -> covers(value, line + 1, covers, findings);
                default -> {
                    if (line == 0) return without(lines, findings);
                    findings.add(line + 1, lines[line].strip(), LetterFindings.LetterFault.HEADER);
                }
            }
        }
        if (subject.isBlank()) findings.add(FindingCode.NO_SUBJECT, 1, "Subject:");
        return new LetterHeader(subject, covers, rest(lines, line), line + 1);
    }

    /** A source that begins with its body. */
    private static LetterHeader without(String[] lines, LetterFindings findings) {
        findings.add(FindingCode.NO_SUBJECT, 1, "Subject:");
        return new LetterHeader("", Set.of(), rest(lines, 0), 1);
    }

    private static String rest(String[] lines, int from) {
        var body = new StringBuilder("\n".repeat(from));
        for (int i = from; i < lines.length; i++) body.append(lines[i]).append('\n');
        return body.toString();
    }

    private static void covers(String words, int line, Set<RequiredContent> covers, LetterFindings findings) {
        for (String word : words.split(",", -1)) {
            var known = java.util.Arrays.stream(RequiredContent.values())
                    .filter(part -> part.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst();
            known.ifPresentOrElse(
                    covers::add, () -> findings.add(line, word.strip(), LetterFindings.LetterFault.HEADER));
        }
    }
}
