package dk.underret.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many rows stand under each term; terms with none may be absent.
 *
 * @param counts rows by term, none negative
 */
public record Tally(Map<RowOutcome, Long> counts) {
    /** Of no rows. */
    public static final Tally NONE = new Tally(Map.of());

    /** Copies the counts and drops the zeros. */
    public Tally {
        var copy = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        counts.forEach((term, count) -> {
            if (count < 0) throw new IllegalArgumentException(term + " is negative");
            if (count > 0) copy.put(term, count);
        });
        counts = Collections.unmodifiableMap(copy);
    }

    /** Rows under a term. */
    public long of(RowOutcome term) {
        return counts.getOrDefault(term, 0L);
    }

    /** Rows in all: the left side of the invariant. */
    public long rows() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether no row is left to act on. */
    public boolean settled() {
        return counts.keySet().stream().noneMatch(RowOutcome::open);
    }

    /** With {@code count} more rows under {@code term}. */
    public Tally plus(RowOutcome term, long count) {
        var sum = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        sum.putAll(counts);
        sum.merge(term, count, Long::sum);
        return new Tally(sum);
    }

    /** Both together. */
    public Tally plus(Tally other) {
        var sum = this;
        for (var entry : other.counts.entrySet()) sum = sum.plus(entry.getKey(), entry.getValue());
        return sum;
    }
}
