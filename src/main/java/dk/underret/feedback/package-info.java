/**
 * What SES reports of letters that went out: an event to a transition in the ledger.
 *
 * <p>Start with {@code Feedback}. May use {@code ledger} and {@code incident}.
 */
@NullMarked
package dk.underret.feedback;

import org.jspecify.annotations.NullMarked;
