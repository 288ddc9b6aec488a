package dk.underret.letter;

import dk.underret.letter.RenderTrace.Step;
import dk.underret.recipient.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which ways a letter was seen to take at its guards ({@code #if} and the like, the conditions of the facts' sections and data):
 * picks the rows whose letters show something that no letter before showed. Its memory is bounded by the letter's shapes, not by
 * the list. Not safe for several threads.
 */
public final class BranchCoverage {
    /** Shapes after which no more are looked at: a guard that compares two columns may have one for every row. */
    private static final int MOST = 256;

    private final PreparedLetter letter;
    private final Set<Step> taken = new HashSet<>();
    private int shapes;

    /** For a letter with its facts. */
    public BranchCoverage(LetterTemplate template, Map<String, Object> facts) {
        this.letter = template.prepare(facts);
    }

    /** Whether this row's letter takes a way that none before it took. A row that lacks a value its letter prints takes none. */
    public boolean isNew(Recipient recipient) {
        if (shapes == MOST) return false;
        List<Step> steps;
        try {
            steps = letter.firstSteps(recipient);
        } catch (MissingValueException e) {
            return false;
        }
        if (steps.isEmpty()) return false;
        shapes++;
        return taken.addAll(steps.stream().filter(BranchCoverage::atGuard).toList());
    }

    /** How many words a row has of its own, and where its links go, is no guard of the letter's. */
    private static boolean atGuard(Step step) {
        return switch (step.question()) {
            case ShapeCondition.Filled filled -> true;
            case ShapeCondition.Same same -> true;
            case ShapeCondition.Sections sections -> true;
            case ShapeCondition.Affected affected -> step.answer() instanceof List;
            case ShapeCondition.Followed followed -> false;
            case ShapeCondition.SaysAddress says -> false;
        };
    }
}
