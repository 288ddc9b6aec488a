package dk.underret.incident;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All the findings of one upload, in the order in which they were made: the first {@link #IN_FULL} in full and the rest counted
 * by code, so that a list of a million bad rows fits in memory. A code that turns up after that is still listed once. Not safe
 * for several threads.
 */
public final class Findings {
    /** How many are kept in full. */
    public static final int IN_FULL = 1_000;

    private final List<Finding> listed = new ArrayList<>();
    private final Map<FindingCode, Long> counts = new EnumMap<>(FindingCode.class);

    /** Takes in one more. */
    public void add(Finding finding) {
        var first = counts.merge(finding.code(), 1L, Long::sum) == 1;
        if (first || listed.size() < IN_FULL) listed.add(finding);
    }

    /** Takes in several, in their order. */
    public void addAll(Iterable<Finding> findings) {
        findings.forEach(this::add);
    }

    /** Takes in all of another upload's part, those that are only counted there included. */
    public void addAll(Findings others) {
        addAll(others.listed);
        others.rest().forEach((code, count) -> counts.merge(code, count, Long::sum));
    }

    /** Those kept in full, in the order in which they were made. */
    public List<Finding> listed() {
        return List.copyOf(listed);
    }

    /** How many there are of each code, those kept in full included. */
    public Map<FindingCode, Long> counts() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** How many of each code are not kept in full. */
    public Map<FindingCode, Long> rest() {
        var rest = new EnumMap<FindingCode, Long>(counts);
        listed.forEach(finding -> rest.merge(finding.code(), -1L, Long::sum));
        rest.values().removeIf(count -> count == 0);
        return Collections.unmodifiableMap(rest);
    }

    /** Whether nothing of the list may be sent. */
    public boolean refuse() {
        return counts.keySet().stream().anyMatch(code -> code.severity() == Severity.REFUSES);
    }
}
