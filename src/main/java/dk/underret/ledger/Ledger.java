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
            SendKey key, String token, Cause cause, Instant at, Optional<String> messageId, Optional<String> code);

    /** Reads records consistently; those not there are absent from the answer. Any number of keys. */
    Map<SendKey, SendRecord> read(Collection<SendKey> keys);

    /**
     * Counts the records whose row is one of a run, by status. Reads all records of the notice, consistently.
     *
     * @param spread over how many partition keys the notice's records are spread, 1 or 16
     */
    Tally tally(NoticeId notice, int spread, String runId);

    /**
     * Records of a notice that have been in one of the statuses that are problems since before a time, the oldest first. From an
     * index: a record may be in another status by now.
     *
     * @param status one for which {@link SendStatus#problem()}
     * @param before exclusive
     * @param most so many at the most from each of the partition keys
     */
    List<SendRecord> problems(NoticeId notice, int spread, SendStatus status, Instant before, int most);

    /**
     * Leaves the decision to a person: UNKNOWN becomes HELD, on the condition that the record still has {@code token}.
     *
     * @return whether it is HELD now
     */
    boolean held(SendKey key, String token, Instant at);

    /** What became of a claim. */
    sealed interface Claim {
        /** Ours: POST it now. */
        record Ours() implements Claim {}

        /** Not ours: the record that stands there. */
        record Taken(SendRecord record) implements Claim {}
    }
}
