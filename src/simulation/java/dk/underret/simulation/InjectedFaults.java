package dk.underret.simulation;

import dk.underret.ledger.SendKey;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which dispatches were wronged, and how: only they may end as other than accepted. */
final class InjectedFaults {
    /** How. */
    enum Why {
        /** SES's answer did not come, the record of it was not written, or the process ended in between. */
        DOUBT,
        /** SES refused this recipient. */
        REFUSED
    }

    private final Map<Why, Set<SendKey>> known = new EnumMap<>(Why.class);

    void add(Why why, SendKey key) {
        known.computeIfAbsent(why, w -> new HashSet<>()).add(key);
    }

    boolean has(Why why, SendKey key) {
        return known.getOrDefault(why, Set.of()).contains(key);
    }

    Set<Why> of(SendKey key) {
        var all = EnumSet.noneOf(Why.class);
        for (var why : Why.values()) if (has(why, key)) all.add(why);
        return all;
    }
}
