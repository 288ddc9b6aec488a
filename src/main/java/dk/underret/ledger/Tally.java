package dk.underret.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts rows by outcome; outcomes without rows may be absent.
 *
 * @param counts none negative
 */
public record Tally(Map<RowOutcome, Long> counts) {
    /** Counts no rows. */
    public static final Tally NONE = new Tally(Map.of());

    /** Copies the counts and drops the zeros. */
    public Tally {
        var copy = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        counts.forEach((outcome, count) -> {
            if (count < 0) throw new IllegalArgumentException(outcome + " is negative");
            if (count > 0) copy.put(outcome, count);
        });
        counts = Collections.unmodifiableMap(copy);
    }

    /** Returns the rows of an outcome. */
    public long of(RowOutcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Returns the rows of all outcomes. */
    public long rows() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether no row is open: each has its outcome. */
    public boolean settled() {
        return counts.keySet().stream().noneMatch(RowOutcome::open);
    }

    /** Adds rows to an outcome. */
    public Tally plus(RowOutcome outcome, long count) {
        var sum = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        sum.putAll(counts);
        sum.merge(outcome, count, Long::sum);
        return new Tally(sum);
    }

    /** Adds another tally. */
    public Tally plus(Tally other) {
        var sum = this;
        for (var entry : other.counts.entrySet()) sum = sum.plus(entry.getKey(), entry.getValue());
        return sum;
    }
}
