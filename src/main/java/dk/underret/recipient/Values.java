package dk.underret.recipient;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A row's values under the columns that all rows share: one array a row. Keys are canonical; {@code get} knows the other names
 * of a column too, so that a letter may say {@code recipient.navn} for {@code name}. Can't be changed.
 */
final class Values extends AbstractMap<String, String> {
    private final Names names;
    private final String[] values;

    /** @param values in the order of the names; not copied */
    Values(Names names, String[] values) {
        this.names = names;
        this.values = values;
    }

    static Values copyOf(Map<String, String> map) {
        if (map instanceof Values values) return values;
        return new Values(
                new Names(map.keySet().toArray(new String[0])), map.values().toArray(new String[0]));
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
        var index = names.index(key);
        return index < 0 ? null : values[index];
    }

    @Override
    public @Nullable String getOrDefault(@Nullable Object key, @Nullable String none) {
        var index = names.index(key);
        return index < 0 ? none : values[index];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return names.index(key) >= 0;
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
            return Map.entry(names.names[next], values[next++]);
        }
    }

    /** The columns' names, in order, each once. */
    static final class Names {
        private final String[] names;
        /** Every name that was asked for, those of no column too: letters and rules ask each row for the same ones. */
        private final Map<String, Integer> indices = new ConcurrentHashMap<>();

        Names(String[] names) {
            this.names = Arrays.copyOf(names, names.length);
            for (var i = 0; i < names.length; i++) indices.put(names[i], i);
        }

        /** Where the column stands, under any of its names; -1 where it is none. */
        int index(@Nullable Object name) {
            if (!(name instanceof String text)) return -1;
            var index = indices.get(text);
            if (index != null) return index;
            var canonical = indices.getOrDefault(Columns.canonical(text), -1);
            indices.put(text, canonical);
            return canonical;
        }
    }
}
