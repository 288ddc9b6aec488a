package dk.underret.run;

import dk.underret.ledger.Tally;
import java.time.Instant;

/**
 * A run's outcomes as the ledger has them, and whether they sum to the run's rows.
 *
 * @param tally rows by outcome, including those that feedback changed
 * @param holds whether the outcomes sum to the run's rows, and those of each settled chunk to its rows
 * @param at when the ledger was read
 */
public record Reconciliation(Tally tally, boolean holds, Instant at) {}
