/**
 * The worker that runs every minute over all open runs: it re-enqueues lost chunks, marks outcomes HELD that are unknown for 24
 * hours, probes and lifts the account's hold, pauses notices with too many bounces, reconciles each run with the ledger, and lists
 * the recipients who were not reached.
 *
 * <p>Start with {@link dk.underret.sweep.Sweep}. It reads the open runs ({@code OpenRun}) and delegates to {@code HoldProber},
 * {@code LostChunks}, {@code Reconciler} and {@code UnreachedListWriter}; {@link dk.underret.sweep.SweepReport} has the counts.
 *
 * <p>May use {@code run} and the packages below it, and no other worker.
 */
@NullMarked
package dk.underret.sweep;

import org.jspecify.annotations.NullMarked;
