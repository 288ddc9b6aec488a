package dk.underret.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * An event that SES reported for one attempt.
 *
 * @param trigger SENT_EVENT, DELIVERY, BOUNCE, SOFT_BOUNCE, SUPPRESSION, COMPLAINT or REJECTION
 * @param at the time of the event itself
 * @param messageId SES's message id
 * @param code the type of a bounce or a failure, for example {@code Permanent.General}
 */
public record FeedbackEvent(Trigger trigger, Instant at, String messageId, Optional<String> code) {}
