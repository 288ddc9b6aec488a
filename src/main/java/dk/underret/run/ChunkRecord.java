package dk.underret.run;

import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of one chunk of a run.
 *
 * @param run the run's id
 * @param number from 0
 * @param firstRow the number of its first row in the list
 * @param rows the number of its rows
 * @param sha256 the hash of the chunk object's bytes, lower-case hex; Dispatch rejects a chunk with another hash
 * @param tally its rows by outcome, once settled
 * @param settledAt when it was settled; empty before
 * @param queuedAt when its message was last put on the queue or received from it; empty before the first time
 * @param parkedAt when it was parked: it waits without a message until sending may continue; empty when it is not parked
 */
public record ChunkRecord(
        String run,
        int number,
        long firstRow,
        int rows,
        String sha256,
        Tally tally,
        Optional<Instant> settledAt,
        Optional<Instant> queuedAt,
        Optional<Instant> parkedAt) {
    /** Creates the record of a chunk that was not enqueued yet. */
    public ChunkRecord(
            String run, int number, long firstRow, int rows, String sha256, Tally tally, Optional<Instant> settledAt) {
        this(run, number, firstRow, rows, sha256, tally, settledAt, Optional.empty(), Optional.empty());
    }
}
