package dk.underret.testing;

import dk.underret.incident.FactsSource;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Hold;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.incident.StoredFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Incidents in memory, with the table's rules: the upload with the newest sequencer wins, and a notice is frozen once. Thread-safe.
 */
public final class FakeIncidents implements Incidents {
    private final Map<String, StoredFacts> facts = new HashMap<>();
    private final Map<NoticeId, FrozenNotice> frozen = new HashMap<>();
    private Optional<Hold> hold = Optional.empty();

    /** Stores an incident's shared facts, without an upload. */
    public synchronized FakeIncidents with(String incidentId, Map<String, Object> facts) {
        this.facts.put(incidentId, new StoredFacts(facts, Optional.empty()));
        return this;
    }

    /** Stores an incident's shared facts, which say only that its notices may be sent. */
    public FakeIncidents approved(String incidentId) {
        return with(incidentId, Map.of("status", "approved"));
    }

    /** Replaces an incident's shared facts as an edit in the console does. Their source and author stay the same. */
    public synchronized void correct(String incidentId, Map<String, Object> facts) {
        this.facts.computeIfPresent(
                incidentId, (id, before) -> new StoredFacts(facts, before.source(), before.author()));
    }

    /** Stores a notice's own facts, without an upload. */
    public synchronized FakeIncidents with(NoticeId notice, Map<String, Object> facts) {
        this.facts.put(notice.toString(), new StoredFacts(facts, Optional.empty()));
        return this;
    }

    @Override
    public synchronized Optional<StoredFacts> incident(String incidentId) {
        return Optional.ofNullable(facts.get(incidentId));
    }

    @Override
    public synchronized Optional<StoredFacts> notice(NoticeId notice) {
        return Optional.ofNullable(facts.get(notice.toString()));
    }

    @Override
    public synchronized boolean store(
            String incidentId, Optional<String> notice, Map<String, Object> uploaded, FactsSource source) {
        var key = notice.map(id -> incidentId + "/" + id).orElse(incidentId);
        var stored = Optional.ofNullable(facts.get(key)).flatMap(StoredFacts::source);
        if (stored.isPresent() && !source.newerThan(stored.get())) return false;
        var author = StoredFacts.authorOf(Optional.ofNullable(facts.get(key)), uploaded, source);
        facts.put(key, new StoredFacts(uploaded, Optional.of(source), Optional.of(author)));
        return true;
    }

    @Override
    public synchronized Optional<FrozenNotice> frozen(NoticeId notice) {
        return Optional.ofNullable(frozen.get(notice));
    }

    @Override
    public synchronized FrozenNotice freeze(FrozenNotice notice) {
        var before = frozen.putIfAbsent(notice.notice(), notice);
        return before == null ? notice : before;
    }

    @Override
    public synchronized void pause(NoticeId notice, Instant at) {
        var changed = new HashMap<>(Optional.ofNullable(facts.get(notice.toString()))
                .map(StoredFacts::facts)
                .orElse(Map.of()));
        changed.put("paused", true);
        changed.put("paused_by", MACHINE);
        changed.put("paused_at", at.toString());
        var before = notice(notice);
        facts.put(
                notice.toString(),
                new StoredFacts(changed, before.flatMap(StoredFacts::source), before.flatMap(StoredFacts::author)));
    }

    @Override
    public synchronized Optional<Hold> hold() {
        return hold;
    }

    @Override
    public synchronized boolean hold(Hold fresh) {
        if (hold.isPresent()) return false;
        hold = Optional.of(fresh);
        return true;
    }

    @Override
    public synchronized boolean change(Hold seen, Optional<Hold> next) {
        if (!hold.equals(Optional.of(seen))) return false;
        hold = next;
        return true;
    }
}
