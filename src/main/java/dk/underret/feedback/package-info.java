/**
 * The worker that applies SES's events about sent letters (delivery, bounce, complaint) to the ledger.
 *
 * <p>Start with {@link dk.underret.feedback.Feedback}, which processes one message. {@code SesEvent} parses it, and
 * {@link dk.underret.feedback.SesEventResult} is the result.
 *
 * <p>May use {@code ledger} and {@code incident}, and no other worker.
 */
@NullMarked
package dk.underret.feedback;

import org.jspecify.annotations.NullMarked;
