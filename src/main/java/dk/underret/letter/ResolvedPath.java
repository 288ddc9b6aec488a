package dk.underret.letter;

import dk.underret.incident.FactsSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The target of a path in a letter, seen from the block around it. */
sealed interface ResolvedPath {
    /** The context outside all blocks: it has no names of its own. */
    record TopLevel() implements ResolvedPath {}

    /**
     * A fact.
     *
     * @param path as in {@link FactsSchema}: {@code contacts[].name}
     * @param value the fact; null if the facts have none
     */
    record Fact(String path, @Nullable Object value) implements ResolvedPath {
        /** Whether the facts or their schema have this path. */
        boolean known() {
            return value != null || FactsSchema.knows(path);
        }

        /** The field of this name, or the item of this index. */
        Fact child(String name) {
            // With more than nine digits it is a name, which nothing has: no list is that long.
            if (name.matches("\\[?\\d{1,9}]?")) {
                int index = Integer.parseInt(name.replaceAll("\\D", ""));
                boolean exists = value instanceof List<?> items && index < items.size();
                return item(exists ? ((List<?>) Objects.requireNonNull(value)).get(index) : null);
            }
            var field = value instanceof Map<?, ?> fields ? fields.get(name) : null;
            return new Fact(path.isEmpty() ? name : path + "." + name, field);
        }

        /** This item of the list. */
        Fact item(@Nullable Object item) {
            return new Fact(path + "[]", item);
        }
    }

    /** A column of the row. */
    record Column(String name) implements ResolvedPath {}

    /** The list {@code recipient.affected_data}. */
    record AffectedData() implements ResolvedPath {}

    /** One item of that list. */
    record AffectedItem() implements ResolvedPath {}

    /** {@code @index}, {@code @first} or {@code @last}. */
    record LoopVariable() implements ResolvedPath {}

    /** A path that leads nowhere. */
    record Unresolved() implements ResolvedPath {}

    /** Resolves a path. */
    static ResolvedPath of(String path, ResolvedPath context, Map<String, Object> facts) {
        if (path.startsWith("@")) return new LoopVariable();
        var steps = List.of(path.replaceFirst("^\\./", "").split("\\."));
        if (steps.isEmpty() || steps.get(0).equals("this")) {
            return context instanceof Fact fact
                    ? follow(fact, steps.subList(steps.isEmpty() ? 0 : 1, steps.size()))
                    : affectedItem(context, steps);
        }
        var rest = steps.subList(1, steps.size());
        return switch (steps.get(0)) {
            case "incident" -> follow(new Fact("", facts), rest);
            case "recipient" -> rest.size() == 1 ? column(rest.get(0)) : new Unresolved();
            default -> context instanceof Fact fact ? follow(fact, steps) : new Unresolved();
        };
    }

    private static ResolvedPath affectedItem(ResolvedPath context, List<String> steps) {
        return context instanceof AffectedItem && steps.size() < 2 ? context : new Unresolved();
    }

    private static ResolvedPath column(String name) {
        return name.equals(Conditions.AFFECTED_DATA) ? new AffectedData() : new Column(name);
    }

    private static Fact follow(Fact from, List<String> steps) {
        var fact = from;
        for (String step : steps) fact = fact.child(step);
        return fact;
    }
}
