/**
 * What is known of every dispatch and of every run: the send record, the closed table of its states, runs, chunks and tallies.
 *
 * <p>Start with {@link dk.underret.ledger.Transitions}, which has every way from one state to another, and
 * {@link dk.underret.ledger.Ledger}. May use {@code letter}, {@code recipient} and {@code incident}.
 */
@NullMarked
package dk.underret.ledger;

import org.jspecify.annotations.NullMarked;
