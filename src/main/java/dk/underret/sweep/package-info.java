/**
 * The worker that runs each minute over all open runs: it re-enqueues lost chunks, leaves unknown outcomes to a person after 24
 * hours, probes and lifts the account's hold, reconciles each run with the ledger, and lists the people who were not reached.
 *
 * <p>Start with {@link dk.underret.sweep.Sweep}. May use {@code run} and the packages below it, and no other worker.
 */
@NullMarked
package dk.underret.sweep;

import org.jspecify.annotations.NullMarked;
