package dk.underret.letter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the template sees: {@code incident}, the facts, and {@code recipient}, the row; every value a {@link TemplateValue}. */
final class Model {
    private final RenderTrace trace;

    private Model(RenderTrace trace) {
        this.trace = trace;
    }

    /**
     * The model for one rendering.
     *
     * @param columns the columns that the letter names; one that the row lacks is empty
     */
    static Map<String, Object> of(Map<String, Object> facts, RenderRow row, RenderTrace trace, Set<String> columns) {
        var model = new Model(trace);
        var incident = model.fields(model.forThisRow(facts), "incident");
        var recipient = new HashMap<String, Object>();
        for (String column : columns)
            recipient.put(column, new TemplateValue(trace, new Value.Column(column), "recipient." + column));
        if (columns.contains(Lint.AFFECTED)) recipient.put(Lint.AFFECTED, model.affected(row));
        return Map.of("incident", incident, "recipient", recipient);
    }

    private Map<String, Object> forThisRow(Map<String, Object> facts) {
        if (!(facts.get("sections") instanceof List<?> sections)) return facts;
        boolean conditional = sections.stream().anyMatch(s -> s instanceof Map<?, ?> m && m.containsKey("only_if"));
        if (!conditional) return facts;
        var shown = (List<?>) trace.ask(new ShapeCondition.Sections(List.copyOf(sections)));
        var kept = new ArrayList<Object>();
        for (int i = 0; i < sections.size(); i++) if (Boolean.TRUE.equals(shown.get(i))) kept.add(sections.get(i));
        var own = new HashMap<>(facts);
        own.put("sections", kept);
        return own;
    }

    private List<Object> affected(RenderRow row) {
        var answer = trace.ask(new ShapeCondition.Affected());
        var cells = new ArrayList<Object>();
        for (int i = 0; i < row.affected().size(); i++) {
            var value = answer instanceof Integer
                    ? new Value.Affected(i)
                    : new Value.Constant(row.affected().get(i));
            cells.add(new TemplateValue(trace, value, "recipient." + Lint.AFFECTED));
        }
        return cells;
    }

    /** The fields of an object; none may hide the two roots. */
    private Map<String, Object> fields(Map<?, ?> fields, String path) {
        var seen = new HashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (value != null && !name.equals("incident") && !name.equals("recipient"))
                seen.put(String.valueOf(name), value(value, path + "." + name));
        });
        return seen;
    }

    private Object value(@Nullable Object value, String path) {
        return switch (value) {
            case null -> new TemplateValue(trace, new Value.Constant(""), path);
            case Map<?, ?> fields -> fields(fields, path);
            case List<?> items -> {
                var seen = new ArrayList<Object>();
                for (Object item : items) seen.add(value(item, path + "[]"));
                yield seen;
            }
            default -> new TemplateValue(trace, new Value.Constant(Texts.of(value)), path);
        };
    }
}
