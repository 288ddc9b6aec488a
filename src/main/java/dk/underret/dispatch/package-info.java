/**
 * The worker that sends letters: it takes a chunk from the queue and sends each of its rows at most once.
 *
 * <p>Start with {@link dk.underret.dispatch.Dispatcher}, which processes one message. It loads the notice ({@code Notices}), and
 * {@code ChunkSender} sends the rows on several threads. {@code ChunkRows} compares the rows with the ledger, {@code RowSender}
 * sends one row, and {@link dk.underret.dispatch.Mailer} makes the POST. Sending is limited by {@code RateLimiter} and
 * {@code HourlyRateLimiter}, and stopped by {@code SendGate}, {@code SendQuota} and {@code CircuitBreaker}.
 *
 * <p>{@link dk.underret.dispatch.PreviewMailSender} sends a draft's letters to the sender's own staff.
 *
 * <p>May use {@code run} and the packages below it, and no other worker.
 */
@NullMarked
package dk.underret.dispatch;

import org.jspecify.annotations.NullMarked;
