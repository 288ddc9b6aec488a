package dk.underret.run;

import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one chunk of a run.
 *
 * @param run the run's id
 * @param number from 0
 * @param firstRow the list row of its first row
 * @param rows how many rows it holds
 * @param sha256 of the chunk object's bytes, lower-case hex: an altered chunk is not sent
 * @param tally its rows by term, once settled
 * @param settledAt when it was settled; empty until then
 * @param queuedAt when its message was last heard of, taken from the queue or put on it; empty before the first time
 * @param parkedAt since when it waits, without a message, until it may be sent; empty where it doesn't
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
    /** One whose message was not heard of. */
    public ChunkRecord(
            String run, int number, long firstRow, int rows, String sha256, Tally tally, Optional<Instant> settledAt) {
        this(run, number, firstRow, rows, sha256, tally, settledAt, Optional.empty(), Optional.empty());
    }
}
