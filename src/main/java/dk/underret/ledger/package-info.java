/**
 * What is known of every dispatch: the send record, the table of its states, its attempts, and tallies.
 *
 * <p>Start with {@link dk.underret.ledger.Transitions}, which has every way from one state to another, and
 * {@link dk.underret.ledger.Ledger}. May use {@code incident}.
 */
@NullMarked
package dk.underret.ledger;

import org.jspecify.annotations.NullMarked;
