package dk.underret.testing;

import dk.underret.incident.NoticeId;
import dk.underret.sweep.UnreachedLists;
import java.util.Map;
import java.util.TreeMap;

/** Unreached lists in memory, by key. */
public final class FakeUnreachedLists implements UnreachedLists {
    private final Map<String, String> files = new TreeMap<>();

    private boolean failing;

    /** Makes writes fail from now on, or succeed again. */
    public synchronized void fail(boolean failing) {
        this.failing = failing;
    }

    @Override
    public synchronized void put(NoticeId notice, String run, String csv) {
        if (failing) throw new IllegalStateException("the bucket does not exist");
        files.put(UnreachedLists.key(notice, run), csv);
    }

    /** Returns all lists. */
    public synchronized Map<String, String> files() {
        return Map.copyOf(files);
    }
}
