package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Map;

/**
 * A letter with its facts. What is the same for all recipients is rendered once; a row's own values are set in where they belong.
 * A letter is a pure function of facts, template and row. Thread-safe.
 */
public final class PreparedLetter {
    private final LetterTemplate template;
    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final RenderPlans plans = new RenderPlans();

    PreparedLetter(LetterTemplate template, Map<String, Object> facts) {
        this.template = template;
        this.facts = facts;
        this.conditions = new Conditions(facts);
    }

    /**
     * The letter to one recipient.
     *
     * @throws MissingValueException when the row lacks a value that its letter prints, or has a line end in one that its subject
     *     prints ({@link Requirements} tells before)
     */
    public Letter render(Recipient recipient) {
        var row = new RenderRow(recipient, conditions);
        var plan = plans.find(row);
        if (plan == null) {
            var trace = new RenderTrace(row);
            plan = template.plan(facts, row, trace);
            plans.keep(trace.steps(), plan);
        }
        return plan.fill(row);
    }

    /**
     * What decided the shape of this row's letter; empty where a row before it had the same shape, or nothing decides.
     *
     * @throws MissingValueException as {@link #render}
     */
    List<RenderTrace.Step> firstSteps(Recipient recipient) {
        var row = new RenderRow(recipient, conditions);
        if (plans.find(row) != null) return List.of();
        var trace = new RenderTrace(row);
        var plan = template.plan(facts, row, trace);
        plans.keep(trace.steps(), plan);
        return trace.steps();
    }
}
