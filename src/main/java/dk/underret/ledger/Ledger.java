package dk.underret.ledger;

import dk.underret.incident.NoticeId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All send records. Every write is conditional, so that senders may work at the same time. */
public interface Ledger {
    /**
     * Claims a dispatch before its POST: stores {@code fresh} (status SENDING, a new token) on the condition that there is no record,
     * or, with {@code seen}, that the record still has that token and a status that CLAIM moves. A repeated claim whose first answer
     * was lost finds its own token and succeeds.
     *
     * @param seen the record that the caller read and replaces; empty for a first claim
     */
    Claim claim(SendRecord fresh, Optional<SendRecord> seen);

    /** Records a row that cannot be sent (status INVALID), unless it has a record. */
    void invalid(SendRecord record);

    /**
     * Settles a claim: applies {@code trigger} on the condition that the record still has {@code token}. Where SES's events arrived
     * first, the status that they set is kept, and message id and time are added.
     *
     * @param trigger ACCEPT, DEFER, REFUSE, DOUBT or STALE
     * @param messageId SES's message id, with ACCEPT
     * @param code SES's error code, where there is one
     * @return the status after it; empty where the record has another token, or its status refuses the trigger
     */
    Optional<SendStatus> settle(
            SendKey key, String token, Trigger trigger, Instant at, Optional<String> messageId, Optional<String> code);

    /**
     * Applies an event of SES to one attempt. Events may arrive in any order, repeatedly, and before the settle.
     *
     * @param token the attempt's
     */
    FeedbackResult feedback(SendKey key, String token, FeedbackEvent event);

    /**
     * Claims a dispatch again because a person decided to: stores {@code fresh} ({@link SendRecord#resent}) on the condition that the
     * record is still {@code seen}, and that its status is one that RESEND moves.
     */
    Claim resend(SendRecord fresh, SendRecord seen);

    /**
     * Ends a dispatch because a person decided to, on the condition that the record still has {@code seen}'s token and a status that
     * the trigger moves.
     *
     * @param trigger CLOSE or POST
     * @return the ended record, or the stored one where the condition failed
     */
    SendRecord end(SendRecord seen, Trigger trigger, Decision decision, Instant at);

    /** Reads any number of records consistently. Keys without a record are absent from the result. */
    Map<SendKey, SendRecord> read(Collection<SendKey> keys);

    /** Counts the records that originate from a run, by status. Reads every record of the notice consistently. */
    Tally tally(NoticeId notice, String runId);

    /**
     * Finds the records of a notice that entered a problem status before a time, the oldest first. Reads an index, so a record may
     * have changed since.
     *
     * @param status one for which {@link SendStatus#problem()} is true
     * @param before exclusive
     * @param limit the maximum number of records; a ledger that partitions the records of a notice applies it to each partition
     */
    List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int limit);

    /**
     * Changes UNKNOWN to HELD, on the condition that the record still has {@code token}. From then on a person decides.
     *
     * @return whether the record is HELD now
     */
    boolean held(SendKey key, String token, Instant at);
}
