package dk.underret.run;

import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All runs and the state of their chunks. */
public interface Runs {
    /** Reads a run consistently. */
    Optional<Run> run(String runId);

    /**
     * Stores a run unless one with its id exists.
     *
     * @return the stored run: the argument or the existing one
     */
    Run create(Run run);

    /** Changes a run from PLANNED to SENDING; does nothing to a run in another status. */
    void enqueued(String runId);

    /** Stores any number of chunks, each unless one with its number exists. */
    void createChunks(List<ChunkRecord> chunks);

    /** Reads a chunk consistently. */
    Optional<ChunkRecord> chunk(String runId, int number);

    /** Reads all chunks of a run consistently, by number. */
    List<ChunkRecord> chunks(String runId);

    /**
     * Settles a chunk with its tally, in one transaction on the condition that the chunk is unsettled: adds the tally to the run's
     * and decrements the run's {@code remaining}. Changes the run to SETTLED when no chunk remains.
     *
     * @return whether this call settled the chunk; false when it was settled already
     */
    boolean settle(String runId, int number, Tally tally, Instant at);

    /**
     * Returns the ids of all open runs: those created as PLANNED or SENDING, or reopened, and not closed since. Reads an index that
     * lags behind by a moment.
     */
    List<String> open();

    /** Closes a run: only a person's decision can change its rows from then on. */
    void close(String runId);

    /** Reopens a settled run because a person decided about its rows. Does nothing to a run that is not settled: it is still open. */
    void reopen(String runId);

    /**
     * Records that a chunk's message was received from the queue or put back on it: sets {@code queuedAt} and clears {@code parkedAt}.
     * Does nothing to a settled chunk.
     */
    void touch(String runId, int number, Instant at);

    /** Parks a chunk that may not be sent now: sets {@code parkedAt}. Does nothing to a settled chunk. */
    void park(String runId, int number, Instant at);

    /**
     * Does the same as {@link #touch}, on the condition that the chunk is unsettled and that its {@code queuedAt} and {@code parkedAt}
     * still have the values in {@code seen}. So only one of several callers enqueues the message.
     *
     * @return whether the caller must enqueue the message
     */
    boolean requeue(ChunkRecord seen, Instant at);

    /** Stores a run's newest reconciliation. */
    void storeReconciliation(String runId, Reconciliation reconciliation);

    /** Reads a run's newest reconciliation; empty before the first one. */
    Optional<Reconciliation> reconciliation(String runId);
}
