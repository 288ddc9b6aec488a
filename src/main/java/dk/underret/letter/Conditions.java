package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the facts that apply to some rows only: {@code sections[].only_if} and {@code affected_data[].applies_to}. Both have
 * the form <code>{"reminder": "yes"}</code>; the value may be a list of alternatives. If several columns are named, all must match.
 */
final class Conditions {
    /** The column with a person's own items, separated by {@code |}. */
    static final String AFFECTED_DATA = "affected_data";

    private final List<Item> affected = new ArrayList<>();
    /** The items' texts if none has a condition: in most notices all rows share one list. */
    private final Optional<List<String>> affectedOfAll;

    private final List<Object> sections;

    Conditions(Map<String, Object> facts) {
        sections = list(facts.get("sections"));
        for (Object group : list(facts.get(AFFECTED_DATA))) {
            Object condition = group instanceof Map<?, ?> fields ? fields.get("applies_to") : null;
            Object items = group instanceof Map<?, ?> fields ? fields.get("items") : group;
            for (Object item : items instanceof Collection<?> ? list(items) : List.of(items == null ? "" : items)) {
                var text = Texts.of(item);
                if (!text.isBlank()) affected.add(new Item(text, condition));
            }
        }
        affectedOfAll = affected.stream().allMatch(item -> item.condition() == null)
                ? Optional.of(affected.stream().map(Item::text).toList())
                : Optional.empty();
    }

    /** Returns the row's own affected data, else the facts' items that apply to the row. */
    List<String> affected(Recipient recipient) {
        var own = recipient.value(AFFECTED_DATA);
        if (!own.isBlank()) {
            return Arrays.stream(own.split("\\|", -1))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
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

    /** Whether this condition of a section or an item holds for the row; no condition always holds. */
    static boolean holds(@Nullable Object condition, Recipient recipient) {
        if (!(condition instanceof Map<?, ?> columns)) return true;
        return columns.entrySet().stream()
                .allMatch(column -> matches(recipient.value(String.valueOf(column.getKey())), column.getValue()));
    }

    private static boolean matches(String value, @Nullable Object expected) {
        return expected instanceof Collection<?> alternatives
                ? alternatives.stream().anyMatch(one -> matches(value, one))
                : expected != null && Texts.same(value, Texts.of(expected));
    }

    /** Whether the row gets this section of the facts. */
    static boolean sectionFor(Object section, Recipient recipient) {
        return !(section instanceof Map<?, ?> fields) || holds(fields.get("only_if"), recipient);
    }

    /** The columns that the sections' conditions read. */
    Set<String> sectionColumns() {
        var names = new TreeSet<String>();
        for (Object section : sections)
            if (section instanceof Map<?, ?> fields) addColumns(fields.get("only_if"), names);
        return names;
    }

    /** The columns that the affected data's conditions read. */
    Set<String> affectedColumns() {
        var names = new TreeSet<String>();
        affected.forEach(item -> addColumns(item.condition(), names));
        return names;
    }

    private static void addColumns(@Nullable Object condition, Set<String> names) {
        if (condition instanceof Map<?, ?> columns)
            columns.keySet().forEach(column -> names.add(String.valueOf(column)));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> items ? (List<Object>) items : List.of();
    }

    private record Item(String text, @Nullable Object condition) {}
}
