package dk.underret.recipient;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The columns that all rows of a list share: finds a column by its canonical name or a synonym. */
final class ColumnIndex {
    private final String[] names;
    /** Columns by every name looked up so far, unknown ones included: letters and rules look up the same names in each row. */
    private final Map<String, Integer> indices = new ConcurrentHashMap<>();

    /** @param names canonical names, in order, each once */
    ColumnIndex(String[] names) {
        this.names = Arrays.copyOf(names, names.length);
        for (var i = 0; i < names.length; i++) indices.put(names[i], i);
    }

    /** Returns the column's canonical name; {@code column} counts from 0. */
    String name(int column) {
        return names[column];
    }

    /** Returns the column with this name or synonym, from 0; -1 if there is none. */
    int index(@Nullable Object name) {
        if (!(name instanceof String text)) return -1;
        var index = indices.get(text);
        if (index != null) return index;
        var canonical = indices.getOrDefault(Columns.canonical(text), -1);
        indices.put(text, canonical);
        return canonical;
    }
}
