package dk.underret.letter;

/**
 * A value as the template sees it. Printed, it becomes a token: the value itself goes neither through Handlebars nor through
 * Markdown, so that nothing in it can be taken for either.
 *
 * @param path for errors: where the value comes from
 */
record TemplateValue(RenderTrace trace, Value value, String path) {
    /** Whether a guard on it holds. */
    boolean holds() {
        return value.constant() ? Truthiness.of(trace.constant(value)) : trace.yes(new ShapeCondition.Filled(value));
    }

    /** Whether it is the same as a literal or another cell. */
    boolean same(Object other) {
        var against = other instanceof TemplateValue cell ? cell.value : new Value.Constant(Texts.of(other));
        return (value.constant() && against.constant())
                ? Texts.same(trace.constant(value), trace.constant(against))
                : trace.yes(new ShapeCondition.Same(value, against));
    }

    /** Another value in this one's place. */
    TemplateValue as(Value other) {
        return new TemplateValue(trace, other, path);
    }

    /** The token that stands for it. */
    @Override
    public String toString() {
        return trace.token(value, path);
    }
}
