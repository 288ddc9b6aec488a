package dk.underret.letter;

/**
 * A value in the template's model. Printing it yields a token: the value itself passes through neither Handlebars nor Markdown, so
 * nothing in it can act as markup.
 *
 * @param path the value's path, for errors
 */
record TemplateValue(RenderTrace trace, Value value, String path) {
    /** Whether a test of it holds. */
    boolean holds() {
        return value.constant() ? Truthiness.of(trace.constant(value)) : trace.holds(new ShapeCondition.Truthy(value));
    }

    /** Whether it equals a literal or another value of the model. */
    boolean isEqualTo(Object other) {
        var right = other instanceof TemplateValue model ? model.value : new Value.Constant(Texts.of(other));
        return (value.constant() && right.constant())
                ? Texts.same(trace.constant(value), trace.constant(right))
                : trace.holds(new ShapeCondition.Equal(value, right));
    }

    /** Replaces the value and keeps the path. */
    TemplateValue with(Value other) {
        return new TemplateValue(trace, other, path);
    }

    /** The token that is printed in place of the value. */
    @Override
    public String toString() {
        return trace.token(value, path);
    }
}
