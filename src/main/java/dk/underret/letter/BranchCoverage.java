package dk.underret.letter;

import dk.underret.letter.RenderTrace.Step;
import dk.underret.recipient.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects sample rows: those whose letters take a branch that no earlier row's letter took. A branch is a result of a test
 * ({@code #if} and the like) or of a condition of the facts' sections or affected data. Memory is bounded by the number of shapes,
 * not by the length of the list. Not thread-safe.
 */
public final class BranchCoverage {
    /** Bounds the work: a test that compares two columns may give every row a shape of its own. */
    private static final int MAX_SHAPES = 256;

    private final PreparedLetter letter;
    private final Set<Step> seen = new HashSet<>();
    private int shapes;

    /** For a letter with its facts. */
    public BranchCoverage(LetterTemplate template, Map<String, Object> facts) {
        this.letter = template.prepare(facts);
    }

    /** Whether this row's letter takes a new branch. False for a row that lacks a value that its letter prints. */
    public boolean isNew(Recipient recipient) {
        if (shapes == MAX_SHAPES) return false;
        List<Step> steps;
        try {
            steps = letter.stepsOfNewShape(recipient);
        } catch (MissingValueException e) {
            return false;
        }
        if (steps.isEmpty()) return false;
        shapes++;
        return seen.addAll(steps.stream().filter(BranchCoverage::isBranch).toList());
    }

    /** The number of a row's own items and the target of its links decide the shape, but are no branch of the letter. */
    private static boolean isBranch(Step step) {
        return switch (step.condition()) {
            case ShapeCondition.Truthy truthy -> true;
            case ShapeCondition.Equal equal -> true;
            case ShapeCondition.VisibleSections sections -> true;
            case ShapeCondition.AffectedItems items -> step.result() instanceof List;
            case ShapeCondition.LinkAllowed allowed -> false;
            case ShapeCondition.TextIsAddress text -> false;
        };
    }
}
