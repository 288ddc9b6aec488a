package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Map;

/**
 * A letter with its facts. Renders the text that recipients share once, and fills in each row's own values. The result depends on
 * facts, template and row only. Thread-safe.
 */
public final class PreparedLetter {
    private final TemplateRenderer renderer;
    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final RenderPlans plans = new RenderPlans();

    PreparedLetter(TemplateRenderer renderer, Map<String, Object> facts) {
        this.renderer = renderer;
        this.facts = facts;
        this.conditions = new Conditions(facts);
    }

    /**
     * Renders the letter to one recipient.
     *
     * @throws MissingValueException if the row lacks a value that its letter prints, or has a line end in a value that the subject
     *     prints; {@link Requirements} reports both beforehand
     */
    public Letter render(Recipient recipient) {
        var row = new RenderRow(recipient, conditions);
        var plan = plans.find(row);
        if (plan == null) plan = newPlan(row, new RenderTrace(row));
        return plan.fill(row);
    }

    /**
     * Returns the conditions that decided the shape of this row's letter; empty if an earlier row had the same shape.
     *
     * @throws MissingValueException as {@link #render}
     */
    List<RenderTrace.Step> stepsOfNewShape(Recipient recipient) {
        var row = new RenderRow(recipient, conditions);
        if (plans.find(row) != null) return List.of();
        var trace = new RenderTrace(row);
        newPlan(row, trace);
        return trace.steps();
    }

    private RenderPlan newPlan(RenderRow row, RenderTrace trace) {
        var plan = renderer.render(facts, row, trace);
        plans.add(trace.steps(), plan);
        return plan;
    }
}
