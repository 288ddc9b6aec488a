package dk.underret.recipient;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row's values by canonical column name. All rows share one {@link ColumnIndex}, so a row needs one array only. {@code get}
 * also accepts a column's other names, so that a letter may print {@code recipient.navn} for {@code name}. Immutable.
 */
final class RowValues extends AbstractMap<String, String> {
    private final ColumnIndex columns;
    private final String[] values;

    /** @param values in the order of the columns; not copied */
    RowValues(ColumnIndex columns, String[] values) {
        this.columns = columns;
        this.values = values;
    }

    static RowValues copyOf(Map<String, String> map) {
        if (map instanceof RowValues immutable) return immutable;
        return new RowValues(
                new ColumnIndex(map.keySet().toArray(new String[0])),
                map.values().toArray(new String[0]));
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
        var index = columns.index(key);
        return index < 0 ? null : values[index];
    }

    @Override
    public @Nullable String getOrDefault(@Nullable Object key, @Nullable String defaultValue) {
        var index = columns.index(key);
        return index < 0 ? defaultValue : values[index];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return columns.index(key) >= 0;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) throw new NoSuchElementException();
            return Map.entry(columns.name(next), values[next++]);
        }
    }
}
