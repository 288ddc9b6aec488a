/**
 * The model that the workers share: the run, its chunks and their rows, the queue's messages, SES's figures for the account, and the
 * preview mails of a draft. The workers ({@code intake}, {@code dispatch}, {@code feedback}, {@code sweep}) exchange data through
 * this package and {@code ledger}; none of them uses another.
 *
 * <p>Start with {@link dk.underret.run.Run}. Its rows are in chunks: {@link dk.underret.run.Chunk} and
 * {@link dk.underret.run.ChunkRow} are the data, {@link dk.underret.run.ChunkRecord} is the state, and
 * {@link dk.underret.run.WorkMessage} is the message on the queue. The ports are {@link dk.underret.run.Runs},
 * {@link dk.underret.run.Chunks}, {@link dk.underret.run.Work}, {@link dk.underret.run.PreviewMails},
 * {@link dk.underret.run.Accounts} and {@link dk.underret.run.TimeSource}.
 *
 * <p>May use {@code ledger}, {@code recipient} and {@code incident}.
 */
@NullMarked
package dk.underret.run;

import org.jspecify.annotations.NullMarked;
