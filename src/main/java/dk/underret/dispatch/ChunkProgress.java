package dk.underret.dispatch;

import dk.underret.ledger.Tally;
import java.time.Duration;

/**
 * The progress of a chunk, as the ledger has it.
 *
 * @param tally the chunk's rows by outcome
 * @param untilStale time until every claim that other senders hold is stale; zero when there is no such claim
 */
record ChunkProgress(Tally tally, Duration untilStale) {}
