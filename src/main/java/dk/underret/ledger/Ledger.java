package dk.underret.ledger;

import dk.underret.incident.NoticeId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All send records. Every write is conditional; two senders may do anything at once. */
public interface Ledger {
    /**
     * Claims a dispatch before its POST: puts {@code fresh} (status SENDING, a new token) on the condition that there is no
     * record, or, where {@code seen} is given, that the record still has that token and a status from which a claim may go.
     * A put whose answer was lost and that was repeated finds its own token and is ours.
     *
     * @param seen the record that the caller read and means to replace; empty for a first claim
     */
    Claim claim(SendRecord fresh, Optional<SendRecord> seen);

    /** Records a row that can't be sent, if there is no record of it yet. Status INVALID. */
    void invalid(SendRecord record);

    /**
     * Settles a claim: applies {@code cause} (ACCEPT, DEFER, REFUSE, DOUBT or STALE) on the condition that the record still has
     * {@code token}. Where feedback came first, the status it set stands and message id and time are added.
     *
     * @param messageId SES's message id, with ACCEPT
     * @param code SES's error code, where there is one
     * @return the status after it; empty when the record has another token or no such transition
     */
    Optional<SendStatus> settle(
            SendKey key, String token, Trigger cause, Instant at, Optional<String> messageId, Optional<String> code);

    /**
     * Takes in what SES reported of one attempt: in any order, any number of times, before the settle too. The worst stands per
     * attempt, every time is kept, and the person's status is the newest attempt's, or DELIVERED if any was.
     *
     * @param token the attempt's
     */
    FeedbackResult feedback(SendKey key, String token, FeedbackEvent event);

    /**
     * Claims a dispatch once more because a person decided so: puts {@code fresh} (status SENDING, a new token, {@code seen}'s
     * newest attempt among the earlier ones: {@link SendRecord#resent}) on the condition that the record is still {@code seen}, and
     * that one is HELD, FAILED or BOUNCED.
     */
    Claim resend(SendRecord fresh, SendRecord seen);

    /**
     * Ends a dispatch unsent because a person decided so: CLOSED or POSTED, on the condition that the record still has
     * {@code seen}'s token and a status that the cause moves.
     *
     * @param cause CLOSE or POST
     * @return the record after it, or the one that stands against it
     */
    SendRecord end(SendRecord seen, Trigger cause, Decision decision, Instant at);

    /** Reads records consistently; those not there are absent from the answer. Any number of keys. */
    Map<SendKey, SendRecord> read(Collection<SendKey> keys);

    /**
     * Counts the records that originate from a run, by status. Reads every record of the notice, consistently.
     */
    Tally tally(NoticeId notice, String runId);

    /**
     * Records of a notice that have been in one of the statuses that are problems since before a time, the oldest first. From an
     * index: a record may be in another status by now.
     *
     * @param status one for which {@link SendStatus#problem()}
     * @param before exclusive
     * @param most stops after this many; a ledger that partitions the records of a notice may return this many of each partition
     */
    List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int most);

    /**
     * Leaves the decision to a person: UNKNOWN becomes HELD, on the condition that the record still has {@code token}.
     *
     * @return whether it is HELD now
     */
    boolean held(SendKey key, String token, Instant at);
}
