/**
 * The ledger: one send record per dispatch, with its attempts, states and tallies.
 *
 * <p>Start with {@link dk.underret.ledger.SendRecord} for the model, {@link dk.underret.ledger.Transitions} for its states, and
 * {@link dk.underret.ledger.Ledger} for the port. May use {@code incident}.
 */
@NullMarked
package dk.underret.ledger;

import org.jspecify.annotations.NullMarked;
