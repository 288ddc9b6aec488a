package dk.underret.testing;

import dk.underret.incident.NoticeId;
import dk.underret.intake.Previews;
import java.util.Map;
import java.util.TreeMap;

/** Previews and checks in memory, by key. */
public final class FakePreviews implements Previews {
    private final Map<String, String> files = new TreeMap<>();

    @Override
    public synchronized void preview(NoticeId notice, String run, String html) {
        files.put(Previews.key(notice, run), html);
    }

    @Override
    public synchronized void check(String name, String locale, String text) {
        files.put("checks/letters/" + name + "/" + locale + ".txt", text);
    }

    /** Returns all files. */
    public synchronized Map<String, String> files() {
        return Map.copyOf(files);
    }
}
