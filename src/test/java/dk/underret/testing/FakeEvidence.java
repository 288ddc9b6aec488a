package dk.underret.testing;

import dk.underret.intake.Evidence;
import java.util.Map;
import java.util.TreeMap;

/** Evidence in memory, by {@code <incident>/<run>/<name>}. */
public final class FakeEvidence implements Evidence {
    private final Map<String, String> files = new TreeMap<>();

    @Override
    public synchronized void put(String incident, String run, String name, String content) {
        files.put(incident + "/" + run + "/" + name, content);
    }

    /** Returns all files. */
    public synchronized Map<String, String> files() {
        return Map.copyOf(files);
    }
}
