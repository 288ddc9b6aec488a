package dk.underret.incident;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the findings of one upload in order: the first {@link #IN_FULL} in full, the rest as a count for each code, so that a
 * list of a million bad rows fits in memory. The first finding of each code is always kept in full. Not thread-safe.
 */
public final class Findings {
    /** The number of findings kept in full. */
    public static final int IN_FULL = 1_000;

    private final List<Finding> listed = new ArrayList<>();
    private final Map<FindingCode, Long> counts = new EnumMap<>(FindingCode.class);

    /** Adds a finding. */
    public void add(Finding finding) {
        var first = counts.merge(finding.code(), 1L, Long::sum) == 1;
        if (first || listed.size() < IN_FULL) listed.add(finding);
    }

    /** Adds findings in order. */
    public void addAll(Iterable<Finding> findings) {
        findings.forEach(this::add);
    }

    /** Adds all findings of another collection, including those it only counts. */
    public void addAll(Findings others) {
        addAll(others.listed);
        others.rest().forEach((code, count) -> counts.merge(code, count, Long::sum));
    }

    /** Returns the findings kept in full, in order. */
    public List<Finding> listed() {
        return List.copyOf(listed);
    }

    /** Returns the number of findings of each code, including those kept in full. */
    public Map<FindingCode, Long> counts() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** Returns the number of findings of each code that are not kept in full. */
    public Map<FindingCode, Long> rest() {
        var rest = new EnumMap<FindingCode, Long>(counts);
        listed.forEach(finding -> rest.merge(finding.code(), -1L, Long::sum));
        rest.values().removeIf(count -> count == 0);
        return Collections.unmodifiableMap(rest);
    }

    /** Returns whether any finding refuses the whole list. */
    public boolean refuse() {
        return counts.keySet().stream().anyMatch(code -> code.severity() == Severity.REFUSES);
    }
}
