package dk.underret.run;

import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs and their chunks. */
public interface Runs {
    /** A run; read consistently. */
    Optional<Run> run(String runId);

    /**
     * Records a run, if there is none of its id yet.
     *
     * @return the run that is recorded now: the argument, or the one before it
     */
    Run create(Run run);

    /** Moves a PLANNED run to SENDING; does nothing to one that is further on. */
    void enqueued(String runId);

    /** Records chunks, each if there is none of its number yet. Any number. */
    void createChunks(List<ChunkRecord> chunks);

    /** A chunk; read consistently. */
    Optional<ChunkRecord> chunk(String runId, int number);

    /** All chunks of a run, by number; read consistently. */
    List<ChunkRecord> chunks(String runId);

    /**
     * Settles a chunk with its tally and takes one from the run's remaining, in one transaction on the condition that the chunk
     * was unsettled; adds the tally to the run's, and makes a run with none remaining SETTLED.
     *
     * @return whether this call settled it; false when it was settled before
     */
    boolean settle(String runId, int number, Tally tally, Instant at);

    /**
     * The ids of all runs that were created PLANNED or SENDING and not closed since, or opened again. From an index: a run may be missing for a
     * moment after it was created, and be there for a moment after it was closed.
     */
    List<String> open();

    /** Closes a run: nothing about it can change any more but by a person. */
    void close(String runId);

    /** Opens a settled run again: a person decided about rows of it. Does nothing to one that is not settled, and open so far. */
    void reopen(String runId);

    /**
     * Notes that a chunk's message was taken from the queue, or put back on it: {@code queuedAt}, and it is not parked. Does
     * nothing to a settled chunk.
     */
    void touch(String runId, int number, Instant at);

    /** Notes that a chunk's message was acknowledged since it may not be sent now: {@code parkedAt}. Does nothing to a settled chunk. */
    void park(String runId, int number, Instant at);

    /**
     * As {@link #touch}, on the condition that the chunk is unsettled and its {@code queuedAt} and {@code parkedAt} are as they were
     * seen: of many who want to put its message back on the queue, one does.
     *
     * @return whether it is for the caller to put it there
     */
    boolean requeue(ChunkRecord seen, Instant at);

    /** Stores what the ledger says of a run. */
    void storeReconciliation(String runId, Reconciliation count);

    /** What the ledger said of a run when it was last counted; empty before. */
    Optional<Reconciliation> reconciliation(String runId);
}
