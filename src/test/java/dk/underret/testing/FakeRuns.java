package dk.underret.testing;

import dk.underret.ledger.Tally;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.Runs;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs in memory, with the same conditions as in DynamoDB. Both pass {@code RunsContract}. */
public final class FakeRuns implements Runs {
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, ChunkRecord>> chunks = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Map<String, Reconciliation> reconciliations = new HashMap<>();

    /** Returns all runs, in the order of their creation. */
    public synchronized List<Run> runs() {
        return List.copyOf(runs.values());
    }

    @Override
    public synchronized Optional<Run> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    @Override
    public synchronized Run create(Run run) {
        var before = runs.putIfAbsent(run.id(), run);
        if (before == null && (run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING))
            open.add(run.id());
        return before == null ? run : before;
    }

    @Override
    public synchronized void enqueued(String runId) {
        runs.computeIfPresent(
                runId,
                (id, run) -> run.status() == RunStatus.PLANNED
                        ? with(run, RunStatus.SENDING, run.remaining(), run.tally(), run.settledAt())
                        : run);
    }

    @Override
    public synchronized void createChunks(List<ChunkRecord> added) {
        for (var chunk : added) ofRun(chunk.run()).putIfAbsent(chunk.number(), chunk);
    }

    @Override
    public synchronized Optional<ChunkRecord> chunk(String runId, int number) {
        return Optional.ofNullable(ofRun(runId).get(number));
    }

    @Override
    public synchronized List<ChunkRecord> chunks(String runId) {
        return List.copyOf(ofRun(runId).values());
    }

    @Override
    public synchronized boolean settle(String runId, int number, Tally tally, Instant at) {
        var chunk = chunk(runId, number).orElseThrow(() -> new IllegalStateException("no such chunk"));
        boolean first = chunk.settledAt().isEmpty();
        if (first) {
            var run = runs.get(runId);
            if (run == null || run.remaining() == 0)
                throw new IllegalStateException("run " + runId + " has no chunk left to settle");
            runs.put(
                    runId,
                    with(run, run.status(), run.remaining() - 1, run.tally().plus(tally), run.settledAt()));
            ofRun(runId).put(number, settled(chunk, tally, at));
        }
        runs.computeIfPresent(runId, (id, run) -> complete(run));
        return first;
    }

    @Override
    public synchronized List<String> open() {
        return List.copyOf(open);
    }

    @Override
    public synchronized void close(String runId) {
        open.remove(runId);
    }

    @Override
    public synchronized void reopen(String runId) {
        if (run(runId).filter(run -> run.status() == RunStatus.SETTLED).isPresent()) open.add(runId);
    }

    @Override
    public synchronized void touch(String runId, int number, Instant at) {
        updateTimes(runId, number, Optional.of(at), Optional.empty());
    }

    @Override
    public synchronized void park(String runId, int number, Instant at) {
        var queuedAt = chunk(runId, number).flatMap(ChunkRecord::queuedAt).or(() -> Optional.of(at));
        updateTimes(runId, number, queuedAt, Optional.of(at));
    }

    @Override
    public synchronized boolean requeue(ChunkRecord seen, Instant at) {
        var stored = chunk(seen.run(), seen.number());
        var unchanged = stored.filter(chunk -> chunk.settledAt().isEmpty()
                && chunk.queuedAt().equals(seen.queuedAt())
                && chunk.parkedAt().equals(seen.parkedAt()));
        if (unchanged.isEmpty()) return false;
        touch(seen.run(), seen.number(), at);
        return true;
    }

    @Override
    public synchronized void storeReconciliation(String runId, Reconciliation reconciliation) {
        reconciliations.put(runId, reconciliation);
    }

    @Override
    public synchronized Optional<Reconciliation> reconciliation(String runId) {
        return Optional.ofNullable(reconciliations.get(runId));
    }

    private void updateTimes(String runId, int number, Optional<Instant> queuedAt, Optional<Instant> parkedAt) {
        ofRun(runId)
                .computeIfPresent(
                        number,
                        (n, chunk) -> chunk.settledAt().isPresent()
                                ? chunk
                                : new ChunkRecord(
                                        chunk.run(),
                                        n,
                                        chunk.firstRow(),
                                        chunk.rows(),
                                        chunk.sha256(),
                                        chunk.tally(),
                                        chunk.settledAt(),
                                        queuedAt,
                                        parkedAt));
    }

    private Run complete(Run run) {
        boolean sends = run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING;
        if (!sends || run.remaining() > 0) return run;
        var last = chunks(run.id()).stream()
                .flatMap(chunk -> chunk.settledAt().stream())
                .max(Instant::compareTo);
        return with(run, RunStatus.SETTLED, 0, run.tally(), last);
    }

    private TreeMap<Integer, ChunkRecord> ofRun(String runId) {
        return chunks.computeIfAbsent(runId, id -> new TreeMap<>());
    }

    private static ChunkRecord settled(ChunkRecord chunk, Tally tally, Instant at) {
        return new ChunkRecord(
                chunk.run(),
                chunk.number(),
                chunk.firstRow(),
                chunk.rows(),
                chunk.sha256(),
                tally,
                Optional.of(at),
                chunk.queuedAt(),
                chunk.parkedAt());
    }

    private static Run with(Run run, RunStatus status, int remaining, Tally tally, Optional<Instant> settledAt) {
        return new Run(
                run.id(),
                run.incident(),
                run.notice(),
                status,
                run.list(),
                run.factsSha256(),
                run.letters(),
                run.chunks(),
                remaining,
                run.rows(),
                tally,
                run.findings(),
                run.startedAt(),
                settledAt);
    }
}
