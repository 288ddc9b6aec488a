package dk.underret.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The block that the lint is in.
 *
 * @param context the object or item that a path without root starts from
 * @param reachable whether any letter with these facts gets this block; if not, it is only checked against the schema
 * @param conditions the conditions that a row must meet to get this block
 */
record LintScope(ResolvedPath context, boolean reachable, List<Predicate<RenderRow>> conditions) {
    /** The scope outside all blocks. */
    static LintScope ofWholeLetter() {
        return new LintScope(new ResolvedPath.TopLevel(), true, List.of());
    }

    /** Enters the block of {@code #each} or {@code #with}. */
    LintScope within(ResolvedPath newContext) {
        return new LintScope(newContext, reachable, conditions);
    }

    /** Enters a block that no letter with these facts gets. */
    LintScope unreachable() {
        return new LintScope(context, false, conditions);
    }

    /** Enters a block that only the rows that meet this condition get. */
    LintScope onlyFor(Predicate<RenderRow> condition) {
        var more = new ArrayList<>(conditions);
        more.add(condition);
        return new LintScope(context, reachable, List.copyOf(more));
    }

    /** Whether this row gets the block. */
    boolean includes(RenderRow row) {
        return conditions.stream().allMatch(condition -> condition.test(row));
    }
}
