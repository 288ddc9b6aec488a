package dk.underret.letter;

import java.util.List;
import java.util.function.Predicate;

/** Which way a guard goes, as far as the facts say. */
sealed interface BranchOutcome {
    /** The same way for all. */
    record Fixed(boolean holds) implements BranchOutcome {}

    /**
     * One way or the other, from row to row.
     *
     * @param affected whether it only asks if anything of this person's was lost: then every letter goes that way
     */
    record PerRow(Predicate<RenderRow> holds, boolean affected) implements BranchOutcome {}

    /** Both ways, within one letter. */
    record Either() implements BranchOutcome {}

    /** The other way round. */
    default BranchOutcome not() {
        return switch (this) {
            case Fixed fixed -> new Fixed(!fixed.holds());
            case PerRow row -> new PerRow(row.holds().negate(), false);
            case Either either -> either;
        };
    }

    /** Holds when all hold. */
    static BranchOutcome all(List<BranchOutcome> verdicts) {
        if (verdicts.contains(new Fixed(false))) return new Fixed(false);
        if (verdicts.stream().anyMatch(Either.class::isInstance)) return new Either();
        var rows = verdicts.stream()
                .filter(PerRow.class::isInstance)
                .map(PerRow.class::cast)
                .toList();
        if (rows.isEmpty()) return new Fixed(true);
        return new PerRow(
                row -> rows.stream().allMatch(one -> one.holds().test(row)),
                rows.stream().allMatch(PerRow::affected));
    }

    /** Holds when any holds. */
    static BranchOutcome any(List<BranchOutcome> verdicts) {
        return all(verdicts.stream().map(BranchOutcome::not).toList()).not();
    }
}
