package dk.underret.dispatch;

import dk.underret.ledger.Tally;
import java.time.Duration;

/**
 * Where a chunk stands.
 *
 * @param tally its rows by term
 * @param untilStale when the last of the claims that other senders hold is stale; zero where there are none
 */
record ChunkProgress(Tally tally, Duration untilStale) {}
