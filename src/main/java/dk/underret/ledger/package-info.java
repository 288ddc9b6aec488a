/**
 * The ledger: one send record per dispatch (one notice to one recipient), with its attempts and its status.
 *
 * <p>Start with {@link dk.underret.ledger.SendRecord} for the model, {@link dk.underret.ledger.Transitions} for its states, and
 * {@link dk.underret.ledger.Ledger} for the port. {@link dk.underret.ledger.RowOutcome} and {@link dk.underret.ledger.Tally} count the
 * rows of a run.
 *
 * <p>May use {@code incident}.
 */
@NullMarked
package dk.underret.ledger;

import org.jspecify.annotations.NullMarked;
