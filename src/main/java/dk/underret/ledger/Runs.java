package dk.underret.ledger;

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
}
