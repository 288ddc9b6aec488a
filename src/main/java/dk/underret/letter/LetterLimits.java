package dk.underret.letter;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much a letter may be. No letter to a person needs more, and beyond it the readers of Handlebars and Markdown run out of
 * stack or time.
 */
final class LetterLimits {
    /** Characters of a letter. */
    static final int LONGEST = 300_000;

    /** Characters of a tag that is no comment. */
    static final int LONGEST_TAG = 400;

    /** Blocks in blocks, each {@code else if} one more; in Markdown, elements in elements. */
    static final int DEEPEST = 50;

    /** {@code each} in {@code each}: the lengths of their lists are multiplied. */
    private static final int MOST_LOOPS = 3;

    /** What may begin emphasis or a link, and what a line in quotations and lists may begin with. */
    private static final String MARKS = "*_[";

    private static final String STARTS = " \t>-+*.)0123456789";

    /** Those of one paragraph, and of one line: if each begins something in the one before, they can still be read. */
    private static final int MOST_MARKS = 2_000;

    private final String source;
    /** The blocks that are open: for each, what it adds to the depth. */
    private final Deque<Integer> blocks = new ArrayDeque<>();

    /** Whether each of those loops. */
    private final Deque<Boolean> loops = new ArrayDeque<>();

    private int depth;

    private LetterLimits(String source) {
        this.source = source;
    }

    /**
     * Finds the first thing beyond them.
     *
     * @return whether there is none; else nothing more may read the source
     */
    static boolean hold(String source, LetterFindings findings) {
        if (source.length() > LONGEST) {
            findings.add(0, String.valueOf(source.length()), LetterFindings.LetterFault.LONG);
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
            if (marks <= MOST_MARKS && start(lines[i]) <= MOST_MARKS) continue;
            findings.add(i + 1, "Markdown", LetterFindings.LetterFault.DEEP);
            return false;
        }
        return true;
    }

    private static int start(String line) {
        int end = 0;
        while (end < line.length() && STARTS.indexOf(line.charAt(end)) >= 0) end++;
        return end;
    }

    private boolean tags(LetterFindings findings) {
        int end;
        for (int at = source.indexOf("{{"); at >= 0; at = source.indexOf("{{", end)) {
            end = source.startsWith("{{!", at) ? commentEnd(at) : source.indexOf("}}", at, limit(at));
            if (end < 0) return found(at, LetterFindings.LetterFault.LONG, findings);
            if (!source.startsWith("{{!", at)
                    && isTooDeep(source.substring(at + 2, end).strip()))
                return found(at, LetterFindings.LetterFault.DEEP, findings);
        }
        return true;
    }

    private int limit(int at) {
        return Math.min(at + LONGEST_TAG, source.length());
    }

    /** A comment may be as long as the letter. */
    private int commentEnd(int at) {
        int end = source.indexOf(source.startsWith("{{!--", at) ? "--}}" : "}}", at);
        return end < 0 ? source.length() : end;
    }

    /** Takes in a tag, and says whether it goes too deep. */
    private boolean isTooDeep(String tag) {
        var word = tag.startsWith("~") ? tag.substring(1).strip() : tag;
        if (word.startsWith("#")) {
            open(word.substring(1).strip().startsWith("each"));
        } else if (word.startsWith("/") && !blocks.isEmpty()) {
            depth -= blocks.pop();
            loops.pop();
        } else if (word.startsWith("else ") && !blocks.isEmpty()) {
            blocks.push(blocks.pop() + 1);
            depth++;
        }
        return depth > DEEPEST || loops.stream().filter(Boolean::booleanValue).count() > MOST_LOOPS;
    }

    private void open(boolean loop) {
        blocks.push(1);
        loops.push(loop);
        depth++;
    }

    private boolean found(int at, LetterFindings.LetterFault reason, LetterFindings findings) {
        int line =
                1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
        var start = source.substring(at, Math.min(at + 20, source.length()));
        findings.add(line, start.lines().findFirst().orElse(start), reason);
        return false;
    }
}
