package dk.underret.incident;

import java.util.LinkedHashMap;
import java.util.Map;

/** Merges a notice's facts over the incident's: JSON Merge Patch (RFC 7396). */
public final class FactsMerge {
    private FactsMerge() {}

    /**
     * Returns the merged facts. Objects are merged field by field; other values, including lists, are replaced; {@code null} removes a
     * field. Neither argument is changed; nulls in the incident's facts are dropped.
     */
    public static Map<String, Object> merge(Map<String, Object> incident, Map<String, Object> notice) {
        return over(over(Map.of(), incident), notice);
    }

    private static Map<String, Object> over(Map<?, ?> target, Map<?, ?> patch) {
        var merged = new LinkedHashMap<String, Object>();
        target.forEach((name, value) -> merged.put((String) name, value));
        patch.forEach((name, value) -> {
            if (value == null) merged.remove((String) name);
            else if (value instanceof Map<?, ?> object)
                merged.put((String) name, over(merged.get(name) instanceof Map<?, ?> old ? old : Map.of(), object));
            else merged.put((String) name, value);
        });
        return merged;
    }
}
