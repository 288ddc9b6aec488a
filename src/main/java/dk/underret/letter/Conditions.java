package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The facts' parts that hold for some rows only: {@code sections[].only_if} and {@code affected_data[].applies_to}, both of the
 * form <code>{"reminder": "yes"}</code>: rows with that value, or with one of a list's. Several columns must all match.
 */
final class Conditions {
    private final List<Item> affected = new ArrayList<>();
    /** The items' words where none has a condition: most notices' rows share one list. */
    private final Optional<List<String>> affectedOfAll;

    private final List<Object> sections;

    Conditions(Map<String, Object> facts) {
        sections = list(facts.get("sections"));
        for (Object group : list(facts.get("affected_data"))) {
            Object condition = group instanceof Map<?, ?> fields ? fields.get("applies_to") : null;
            Object items = group instanceof Map<?, ?> fields ? fields.get("items") : group;
            for (Object item : items instanceof Collection<?> ? list(items) : List.of(items == null ? "" : items))
                affected.add(new Item(Texts.of(item), condition));
        }
        affectedOfAll = affected.stream().allMatch(item -> item.condition() == null)
                ? Optional.of(affected.stream().map(Item::text).toList())
                : Optional.empty();
    }

    /** What this person lost: the row's own {@code |}-separated words, else the facts' items that apply to the row. */
    List<String> affected(Recipient recipient) {
        var own = recipient.value("affected_data");
        if (!own.isBlank()) {
            return java.util.Arrays.stream(own.split("\\|", -1))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
        return affectedOfAll.orElseGet(() -> affectedOf(recipient));
    }

    private List<String> affectedOf(Recipient recipient) {
        return affected.stream()
                .filter(item -> holds(item.condition(), recipient))
                .map(Item::text)
                .toList();
    }

    /** Whether an item of the facts that may carry a condition is for this row. */
    static boolean holds(@Nullable Object condition, Recipient recipient) {
        if (!(condition instanceof Map<?, ?> columns)) return true;
        return columns.entrySet().stream()
                .allMatch(column -> matches(recipient.value(String.valueOf(column.getKey())), column.getValue()));
    }

    private static boolean matches(String value, @Nullable Object wanted) {
        return wanted instanceof Collection<?> any
                ? any.stream().anyMatch(one -> matches(value, one))
                : wanted != null && Texts.same(value, Texts.of(wanted));
    }

    /** Whether the facts' section is for this row. */
    static boolean sectionFor(Object section, Recipient recipient) {
        return !(section instanceof Map<?, ?> fields) || holds(fields.get("only_if"), recipient);
    }

    /** The columns that the sections' conditions ask for. */
    Set<String> sectionColumns() {
        var names = new TreeSet<String>();
        for (Object section : sections) if (section instanceof Map<?, ?> fields) names(fields.get("only_if"), names);
        return names;
    }

    /** The columns that the affected data's conditions ask for. */
    Set<String> affectedColumns() {
        var names = new TreeSet<String>();
        affected.forEach(item -> names(item.condition(), names));
        return names;
    }

    private static void names(@Nullable Object condition, Set<String> names) {
        if (condition instanceof Map<?, ?> columns)
            columns.keySet().forEach(column -> names.add(String.valueOf(column)));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> items ? (List<Object>) items : List.of();
    }

    private record Item(String text, @Nullable Object condition) {}
}
