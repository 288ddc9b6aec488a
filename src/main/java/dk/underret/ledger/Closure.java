package dk.underret.ledger;

import java.time.Instant;

/**
 * The end of a dispatch by a person, who closed it unsent or informed the recipient by post.
 *
 * @param status CLOSED or POSTED
 */
public record Closure(SendStatus status, Instant at, Decision decision) {}
