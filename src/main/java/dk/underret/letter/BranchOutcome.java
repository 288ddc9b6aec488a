package dk.underret.letter;

import java.util.List;
import java.util.function.Predicate;

/** Which branch of a block is printed, as far as the facts decide it. */
sealed interface BranchOutcome {
    /** The facts decide: all letters get the same branch. */
    record Fixed(boolean holds) implements BranchOutcome {}

    /**
     * The row decides.
     *
     * @param condition holds for the rows that get the body
     * @param onlyAffectedData whether the condition asks only if this person's data was affected; then every letter gets the body,
     *     because a row without affected data gets no letter
     */
    record PerRow(Predicate<RenderRow> condition, boolean onlyAffectedData) implements BranchOutcome {}

    /** Neither decides: one letter may print both branches, for example inside a loop. */
    record Undecided() implements BranchOutcome {}

    /** The outcome of the negated test. */
    default BranchOutcome not() {
        return switch (this) {
            case Fixed fixed -> new Fixed(!fixed.holds());
            case PerRow row -> new PerRow(row.condition().negate(), false);
            case Undecided undecided -> undecided;
        };
    }

    /** The outcome of {@code and}. */
    static BranchOutcome all(List<BranchOutcome> outcomes) {
        if (outcomes.contains(new Fixed(false))) return new Fixed(false);
        if (outcomes.stream().anyMatch(Undecided.class::isInstance)) return new Undecided();
        var rows = outcomes.stream()
                .filter(PerRow.class::isInstance)
                .map(PerRow.class::cast)
                .toList();
        if (rows.isEmpty()) return new Fixed(true);
        return new PerRow(
                row -> rows.stream().allMatch(one -> one.condition().test(row)),
                rows.stream().allMatch(PerRow::onlyAffectedData));
    }

    /** The outcome of {@code or}. */
    static BranchOutcome any(List<BranchOutcome> outcomes) {
        return all(outcomes.stream().map(BranchOutcome::not).toList()).not();
    }
}
