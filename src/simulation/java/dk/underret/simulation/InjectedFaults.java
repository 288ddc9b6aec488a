package dk.underret.simulation;

import dk.underret.ledger.SendKey;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The dispatches that a fault affected, by cause. Only these may end as held or failed. */
final class InjectedFaults {
    /** The effect of a fault on a dispatch. */
    enum Cause {
        /** SES's answer was lost, or the answer was not recorded, or the process ended in between. */
        UNKNOWN_OUTCOME,
        /** SES refused this recipient. */
        RECIPIENT_REFUSED
    }

    private final Map<Cause, Set<SendKey>> keys = new EnumMap<>(Cause.class);

    void add(Cause cause, SendKey key) {
        keys.computeIfAbsent(cause, c -> new HashSet<>()).add(key);
    }

    boolean has(Cause cause, SendKey key) {
        return keys.getOrDefault(cause, Set.of()).contains(key);
    }

    Set<Cause> of(SendKey key) {
        var all = EnumSet.noneOf(Cause.class);
        for (var cause : Cause.values()) if (has(cause, key)) all.add(cause);
        return all;
    }
}
