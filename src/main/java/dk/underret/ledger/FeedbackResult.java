package dk.underret.ledger;

/** The result of applying an event to a send record. */
public sealed interface FeedbackResult {
    /** The event changed the record into this one. */
    record Applied(SendRecord record) implements FeedbackResult {}

    /** The event adds nothing to this record. */
    record Known(SendRecord record) implements FeedbackResult {}

    /** The event does not match anything that was sent from here, and changes nothing. */
    record Foreign(Mismatch mismatch) implements FeedbackResult {}

    /**
     * Applies an event to the attempt that it reports on. Writes nothing.
     *
     * @param token the attempt's token, from the event's tags
     */
    static FeedbackResult of(SendRecord record, String token, FeedbackEvent event) {
        var found = record.attempt(token);
        if (found.isEmpty()) return new Foreign(Mismatch.NO_ATTEMPT);
        var attempt = found.get();
        if (attempt.messageId().filter(id -> !id.equals(event.messageId())).isPresent())
            return new Foreign(Mismatch.MESSAGE_ID);
        if (attempt.status() == AttemptStatus.FAILED) return new Foreign(Mismatch.NOT_SENT);
        var after = record.with(attempt.with(event));
        return after.equals(record) ? new Known(record) : new Applied(after);
    }
}
