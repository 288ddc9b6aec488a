package dk.underret.letter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the template's model: {@code incident}, the facts, and {@code recipient}, the row. Each value is a {@link TemplateValue}. */
final class Model {
    private final RenderTrace trace;

    private Model(RenderTrace trace) {
        this.trace = trace;
    }

    /**
     * Returns the model for one rendering.
     *
     * @param columns the columns that the letter names; a column that the row lacks is empty
     */
    static Map<String, Object> of(Map<String, Object> facts, RenderRow row, RenderTrace trace, Set<String> columns) {
        var model = new Model(trace);
        var incident = model.fields(model.forThisRow(facts), "incident");
        var recipient = new HashMap<String, Object>();
        for (String column : columns)
            recipient.put(column, new TemplateValue(trace, new Value.Column(column), "recipient." + column));
        if (columns.contains(Conditions.AFFECTED_DATA)) recipient.put(Conditions.AFFECTED_DATA, model.affected(row));
        return Map.of("incident", incident, "recipient", recipient);
    }

    private Map<String, Object> forThisRow(Map<String, Object> facts) {
        if (!(facts.get("sections") instanceof List<?> sections)) return facts;
        boolean conditional = sections.stream().anyMatch(s -> s instanceof Map<?, ?> m && m.containsKey("only_if"));
        if (!conditional) return facts;
        var shown = (List<?>) trace.evaluate(new ShapeCondition.VisibleSections(List.copyOf(sections)));
        var kept = new ArrayList<Object>();
        for (int i = 0; i < sections.size(); i++) if (Boolean.TRUE.equals(shown.get(i))) kept.add(sections.get(i));
        var rowFacts = new HashMap<>(facts);
        rowFacts.put("sections", kept);
        return rowFacts;
    }

    private List<Object> affected(RenderRow row) {
        var result = trace.evaluate(new ShapeCondition.AffectedItems());
        var items = new ArrayList<Object>();
        for (int i = 0; i < row.affected().size(); i++) {
            var value = result instanceof Integer
                    ? new Value.Affected(i)
                    : new Value.Constant(row.affected().get(i));
            items.add(new TemplateValue(trace, value, "recipient." + Conditions.AFFECTED_DATA));
        }
        return items;
    }

    /** Converts the fields of an object, except those that would hide the two roots. */
    private Map<String, Object> fields(Map<?, ?> fields, String path) {
        var converted = new HashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (value != null && !name.equals("incident") && !name.equals("recipient"))
                converted.put(String.valueOf(name), value(value, path + "." + name));
        });
        return converted;
    }

    private Object value(@Nullable Object value, String path) {
        return switch (value) {
            case null -> new TemplateValue(trace, new Value.Constant(""), path);
            case Map<?, ?> fields -> fields(fields, path);
            case List<?> items -> {
                var converted = new ArrayList<Object>();
                for (Object item : items) converted.add(value(item, path + "[]"));
                yield converted;
            }
            default -> new TemplateValue(trace, new Value.Constant(Texts.of(value)), path);
        };
    }
}
