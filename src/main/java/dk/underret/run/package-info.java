/**
 * What is planned and queued: the run, its chunks and their rows, the queue's messages, SES's figures for the account, and the
 * sample letters of a draft. The workers ({@code intake}, {@code dispatch}, {@code feedback}, {@code sweep}) meet here and in
 * {@code ledger}; none of them uses another.
 *
 * <p>Start with {@link dk.underret.run.Run}, then {@link dk.underret.run.Runs} and {@link dk.underret.run.ChunkRow}. May use
 * {@code ledger}, {@code recipient} and {@code incident}.
 */
@NullMarked
package dk.underret.run;

import org.jspecify.annotations.NullMarked;
