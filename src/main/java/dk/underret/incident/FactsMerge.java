package dk.underret.incident;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lays a notice's facts over the incident's: JSON Merge Patch (RFC 7396). */
public final class FactsMerge {
    private FactsMerge() {}

    /**
     * The incident's facts with the notice's over them: objects are merged field by field, anything else, lists too, is
     * replaced, and a {@code null} removes. Neither argument is changed; nulls of the incident's are dropped.
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
