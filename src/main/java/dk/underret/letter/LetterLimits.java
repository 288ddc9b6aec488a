package dk.underret.letter;

import dk.underret.letter.LetterFindings.LetterFault;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The limits of a letter's length and nesting. No letter to a person needs more; beyond them the parsers of Handlebars and Markdown
 * run out of stack or time.
 */
final class LetterLimits {
    /** The maximum length of a letter in UTF-16 code units. */
    static final int MAX_LENGTH = 300_000;

    /** The maximum length of a tag that is not a comment. */
    static final int MAX_TAG_LENGTH = 400;

    /** The maximum nesting of blocks, where each {@code else if} counts as one more, and of Markdown elements. */
    static final int MAX_DEPTH = 50;

    /** The maximum nesting of {@code each}: the lengths of the lists multiply. */
    private static final int MAX_LOOPS = 3;

    /** Characters that may open emphasis or a link. */
    private static final String MARKS = "*_[";

    /** Characters that may open a quotation or a list. */
    private static final String LINE_STARTS = " \t>-+*.)0123456789";

    /** The maximum number of marks in a paragraph and of characters that start a line: they can be parsed if all are nested. */
    private static final int MAX_MARKS = 2_000;

    private final String source;
    /** The depth that each open block adds. */
    private final Deque<Integer> blocks = new ArrayDeque<>();

    /** Whether each open block is a loop. */
    private final Deque<Boolean> loops = new ArrayDeque<>();

    private int depth;

    private LetterLimits(String source) {
        this.source = source;
    }

    /**
     * Reports the first excess.
     *
     * @return whether the letter is within the limits; if not, no parser may read it
     */
    static boolean check(String source, LetterFindings findings) {
        if (source.length() > MAX_LENGTH) {
            findings.add(0, String.valueOf(source.length()), LetterFault.LONG);
            return false;
        }
        var limits = new LetterLimits(source.replace("\r\n", "\n").replace('\r', '\n'));
        return limits.tags(findings) && limits.paragraphs(findings);
    }

    private boolean paragraphs(LetterFindings findings) {
        var lines = source.split("\n", -1);
        long marks = 0;
        for (int i = 0; i < lines.length; i++) {
            marks = lines[i].isBlank()
                    ? 0
                    : marks
                            + lines[i].chars()
                                    .filter(c -> MARKS.indexOf(c) >= 0)
                                    .count();
            if (marks <= MAX_MARKS && startLength(lines[i]) <= MAX_MARKS) continue;
            findings.add(i + 1, "Markdown", LetterFault.DEEP);
            return false;
        }
        return true;
    }

    private static int startLength(String line) {
        int end = 0;
        while (end < line.length() && LINE_STARTS.indexOf(line.charAt(end)) >= 0) end++;
        return end;
    }

    private boolean tags(LetterFindings findings) {
        int end;
        for (int at = source.indexOf("{{"); at >= 0; at = source.indexOf("{{", end)) {
            end = source.startsWith("{{!", at) ? commentEnd(at) : source.indexOf("}}", at, limit(at));
            if (end < 0) return report(at, isUnclosed(at) ? LetterFault.SYNTAX : LetterFault.LONG, findings);
            if (!source.startsWith("{{!", at)
                    && isTooDeep(source.substring(at + 2, end).strip())) return report(at, LetterFault.DEEP, findings);
        }
        return true;
    }

    /** Whether a tag that doesn't end within the limit lacks its end, which its line or the letter shows, and isn't just long. */
    private boolean isUnclosed(int at) {
        return limit(at) == source.length() || source.indexOf("\n", at, limit(at)) >= 0;
    }

    private int limit(int at) {
        return Math.min(at + MAX_TAG_LENGTH, source.length());
    }

    /** The end of a comment, which may be as long as the letter. */
    private int commentEnd(int at) {
        int end = source.indexOf(source.startsWith("{{!--", at) ? "--}}" : "}}", at);
        return end < 0 ? source.length() : end;
    }

    /** Counts a tag and returns whether it is nested too deeply. */
    private boolean isTooDeep(String tag) {
        var name = tag.startsWith("~") ? tag.substring(1).strip() : tag;
        if (name.startsWith("#")) {
            open(name.substring(1).strip().startsWith("each"));
        } else if (name.startsWith("/") && !blocks.isEmpty()) {
            depth -= blocks.pop();
            loops.pop();
        } else if (name.startsWith("else ") && !blocks.isEmpty()) {
            blocks.push(blocks.pop() + 1);
            depth++;
        }
        return depth > MAX_DEPTH || loops.stream().filter(Boolean::booleanValue).count() > MAX_LOOPS;
    }

    private void open(boolean loop) {
        blocks.push(1);
        loops.push(loop);
        depth++;
    }

    private boolean report(int at, LetterFault fault, LetterFindings findings) {
        int line =
                1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
        var start = source.substring(at, Math.min(at + 20, source.length()));
        findings.add(line, start.lines().findFirst().orElse(start), fault);
        return false;
    }
}
