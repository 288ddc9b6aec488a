package dk.underret.letter;

import dk.underret.incident.FactsSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a path of a letter leads, seen from the block that it stands in. */
sealed interface ResolvedPath {
    /** Outside all blocks that open a scope. */
    record Top() implements ResolvedPath {}

    /**
     * In the facts.
     *
     * @param path as {@link FactsSchema} has it: {@code contacts[].name}
     * @param value what the facts have there; null where nothing
     */
    record Fact(String path, @Nullable Object value) implements ResolvedPath {
        /** Whether the facts have it, or their schema does. */
        boolean known() {
            return value != null || FactsSchema.knows(path);
        }

        /** One step on. */
        Fact step(String name) {
            // More digits are no index of any list, and a name that nothing has.
            if (name.matches("\\[?\\d{1,9}]?")) {
                int index = Integer.parseInt(name.replaceAll("\\D", ""));
                boolean there = value instanceof List<?> items && index < items.size();
                return item(there ? ((List<?>) java.util.Objects.requireNonNull(value)).get(index) : null);
            }
            var next = value instanceof Map<?, ?> fields ? fields.get(name) : null;
            return new Fact(path.isEmpty() ? name : path + "." + name, next);
        }

        /** An item of the list that is here. */
        Fact item(@Nullable Object item) {
            return new Fact(path + "[]", item);
        }
    }

    /** A column of the row. */
    record Column(String name) implements ResolvedPath {}

    /** The words for what this person lost. */
    record Affected() implements ResolvedPath {}

    /** One of those words. */
    record AffectedWord() implements ResolvedPath {}

    /** The number of the item in its list. */
    record Counter() implements ResolvedPath {}

    /** Nowhere. */
    record Nowhere() implements ResolvedPath {}

    /** Follows a path. */
    static ResolvedPath of(String path, ResolvedPath scope, Map<String, Object> facts) {
        if (path.startsWith("@")) return new Counter();
        var steps = List.of(path.replaceFirst("^\\./", "").split("\\."));
        if (steps.isEmpty() || steps.get(0).equals("this")) {
            return scope instanceof Fact fact
                    ? walk(fact, steps.subList(steps.isEmpty() ? 0 : 1, steps.size()))
                    : word(scope, steps);
        }
        var rest = steps.subList(1, steps.size());
        return switch (steps.get(0)) {
            case "incident" -> walk(new Fact("", facts), rest);
            case "recipient" -> rest.size() == 1 ? column(rest.get(0)) : new Nowhere();
            default -> scope instanceof Fact fact ? walk(fact, steps) : new Nowhere();
        };
    }

    private static ResolvedPath word(ResolvedPath scope, List<String> steps) {
        return scope instanceof AffectedWord && steps.size() < 2 ? scope : new Nowhere();
    }

    private static ResolvedPath column(String name) {
        return name.equals(Lint.AFFECTED) ? new Affected() : new Column(name);
    }

    private static Fact walk(Fact from, List<String> steps) {
        var fact = from;
        for (String step : steps) fact = fact.step(step);
        return fact;
    }
}
