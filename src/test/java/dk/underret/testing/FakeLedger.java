package dk.underret.testing;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.Attempt;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Claim;
import dk.underret.ledger.Decision;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Mismatch;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Transitions;
import dk.underret.ledger.Trigger;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A ledger in memory, with the same conditions as in DynamoDB. Both pass {@code LedgerContract}. */
public final class FakeLedger implements Ledger {
    private final Map<SendKey, SendRecord> records = new LinkedHashMap<>();

    /** The number of records per status, so that a query for a status without records is fast. */
    private final Map<SendStatus, Integer> counts = new EnumMap<>(SendStatus.class);

    /** Returns all records, in the order of their creation. */
    public synchronized Map<SendKey, SendRecord> records() {
        return new LinkedHashMap<>(records);
    }

    /** Stores a record without any condition, to set up a test. */
    public synchronized void put(SendRecord record) {
        store(record);
    }

    @Override
    public synchronized Claim claim(SendRecord fresh, Optional<SendRecord> seen) {
        var stored = records.get(fresh.key());
        if (seen.isPresent() && stored == null)
            throw new IllegalStateException("a conditional write failed and returned no record");
        if (stored == null || (seen.isPresent() && claimable(stored, seen.get()))) {
            store(fresh);
            return new Claim.Ours();
        }
        boolean ours = stored.token().equals(fresh.token()) && stored.status() == SendStatus.SENDING;
        return ours ? new Claim.Ours() : new Claim.Taken(stored);
    }

    private static boolean claimable(SendRecord stored, SendRecord seen) {
        return stored.token().equals(seen.token())
                && Transitions.moves(Trigger.CLAIM).contains(stored.status());
    }

    @Override
    public synchronized void invalid(SendRecord record) {
        if (!records.containsKey(record.key())) store(record);
    }

    @Override
    public synchronized Optional<SendStatus> settle(
            SendKey key, String token, Trigger trigger, Instant at, Optional<String> messageId, Optional<String> code) {
        if (Transitions.next(Optional.of(SendStatus.SENDING), trigger).isEmpty())
            throw new IllegalArgumentException(trigger + " does not settle a claim");
        var stored = records.get(key);
        if (stored == null || !stored.token().equals(token)) return Optional.empty();
        var next = Transitions.next(Optional.of(stored.status()), trigger);
        next.filter(to -> to != stored.status() || trigger == Trigger.ACCEPT)
                .ifPresent(to -> store(settled(stored, to, at, messageId, code)));
        return next;
    }

    private static SendRecord settled(
            SendRecord before, SendStatus to, Instant at, Optional<String> messageId, Optional<String> code) {
        var newest = before.newest();
        var times = new EnumMap<AttemptStatus, Instant>(AttemptStatus.class);
        times.putAll(newest.at());
        boolean moved = to != before.status();
        var status = moved ? AttemptStatus.valueOf(to.name()) : newest.status();
        if (moved) times.put(status, at);
        else times.putIfAbsent(AttemptStatus.ACCEPTED, at);
        return before.with(new Attempt(
                newest.number(),
                newest.token(),
                AttemptStatus.reported(times.keySet()).orElse(status),
                newest.letter(),
                newest.resend(),
                messageId.or(newest::messageId),
                moved ? code.or(newest::code) : newest.code(),
                times));
    }

    @Override
    public synchronized FeedbackResult feedback(SendKey key, String token, FeedbackEvent event) {
        var stored = records.get(key);
        if (stored == null) return new FeedbackResult.Foreign(Mismatch.NO_RECORD);
        var result = FeedbackResult.of(stored, token, event);
        if (result instanceof FeedbackResult.Applied applied) store(applied.record());
        return result;
    }

    @Override
    public synchronized Claim resend(SendRecord fresh, SendRecord seen) {
        var stored = records.get(fresh.key());
        if (stored == null) throw new IllegalStateException("a conditional write failed and returned no record");
        if (stored.equals(seen) && Transitions.moves(Trigger.RESEND).contains(seen.status())) {
            store(fresh);
            return new Claim.Ours();
        }
        boolean ours = stored.token().equals(fresh.token()) && stored.status() == SendStatus.SENDING;
        return ours ? new Claim.Ours() : new Claim.Taken(stored);
    }

    @Override
    public synchronized SendRecord end(SendRecord seen, Trigger trigger, Decision decision, Instant at) {
        var stored = records.get(seen.key());
        if (stored == null) throw new IllegalStateException("nothing to end");
        var ended = stored.token().equals(seen.token())
                ? stored.ended(trigger, decision, at).orElse(stored)
                : stored;
        store(ended);
        return ended;
    }

    @Override
    public synchronized Map<SendKey, SendRecord> read(Collection<SendKey> keys) {
        var found = new HashMap<SendKey, SendRecord>();
        for (var key : keys) if (records.containsKey(key)) found.put(key, records.get(key));
        return found;
    }

    @Override
    public synchronized Tally tally(NoticeId notice, String runId) {
        return new Tally(records.values().stream()
                .filter(record -> record.key().notice().equals(notice))
                .filter(record -> record.origin().run().equals(runId))
                .collect(Collectors.groupingBy(record -> RowOutcome.of(record.status()), Collectors.counting())));
    }

    @Override
    public synchronized List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int limit) {
        if (counts.getOrDefault(status, 0) == 0) return List.of();
        return records.values().stream()
                .filter(record -> record.status() == status)
                .filter(record -> record.key().notice().equals(notice))
                .filter(record -> since(record).isBefore(before))
                .sorted(Comparator.comparing(FakeLedger::since))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean held(SendKey key, String token, Instant at) {
        var stored = records.get(key);
        if (stored == null || !stored.token().equals(token)) return false;
        var next = Transitions.next(Optional.of(stored.status()), Trigger.HOLD);
        next.ifPresent(to -> store(settled(stored, to, at, Optional.empty(), Optional.empty())));
        return next.isPresent();
    }

    private void store(SendRecord record) {
        var before = records.put(record.key(), record);
        if (before != null) counts.merge(before.status(), -1, Integer::sum);
        counts.merge(record.status(), 1, Integer::sum);
    }

    private static Instant since(SendRecord record) {
        return record.since().orElse(Instant.EPOCH);
    }
}
