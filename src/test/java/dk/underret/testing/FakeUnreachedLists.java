package dk.underret.testing;

import dk.underret.incident.NoticeId;
import dk.underret.sweep.UnreachedLists;
import java.util.Map;
import java.util.TreeMap;

/** Lists of people who were not reached, in memory, by key. */
public final class FakeUnreachedLists implements UnreachedLists {
    private final Map<String, String> files = new TreeMap<>();

    private boolean failing;

    /** From now on nothing can be written, or can again. */
    public synchronized void fail(boolean failing) {
        this.failing = failing;
    }

    @Override
    public synchronized void put(NoticeId notice, String run, String csv) {
        if (failing) throw new IllegalStateException("the bucket is not there");
        files.put(UnreachedLists.key(notice, run), csv);
    }

    /** All lists. */
    public synchronized Map<String, String> files() {
        return Map.copyOf(files);
    }
}
