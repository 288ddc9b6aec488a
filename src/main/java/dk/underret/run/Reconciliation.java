package dk.underret.run;

import dk.underret.ledger.Tally;
import java.time.Instant;

/**
 * A run's rows as the ledger had them when they were last counted.
 *
 * @param tally rows by term, delivered and bounced ones included
 * @param holds whether they sum to the run's rows, and each of its settled chunks to its own
 * @param at when they were counted
 */
public record Reconciliation(Tally tally, boolean holds, Instant at) {}
