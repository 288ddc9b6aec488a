/**
 * The worker that records what SES reports of letters that were sent: an event becomes a transition in the ledger.
 *
 * <p>Start with {@link dk.underret.feedback.Feedback}. May use {@code ledger} and {@code incident}, and no other worker.
 */
@NullMarked
package dk.underret.feedback;

import org.jspecify.annotations.NullMarked;
