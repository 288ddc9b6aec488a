package dk.underret.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record of one dispatch: its attempts, and how a person ended it. Contains no name, address or letter text.
 *
 * <p>The status is the recipient's: the newest attempt's, or DELIVERED if any attempt was delivered, until a person closes the
 * dispatch.
 *
 * @param attempts the attempts, oldest first, at least one; an attempt that was not sent (WAITING) is replaced by the next claim
 * @param closed how a person ended the dispatch; empty while nobody has
 */
public record SendRecord(SendKey key, Origin origin, List<Attempt> attempts, Optional<Closure> closed) {
    /** Copies the attempts. */
    public SendRecord {
        attempts = List.copyOf(attempts);
        if (attempts.isEmpty()) throw new IllegalArgumentException("a send record needs an attempt");
    }

    /**
     * Creates the record of a first claim.
     *
     * @param token a new one
     * @param resend the decision to send to a corrected address; empty for a list's own row
     */
    public static SendRecord claimed(
            SendKey key, Origin origin, String token, SentLetter letter, Optional<Decision> resend, Instant now) {
        return new SendRecord(key, origin, List.of(Attempt.claimed(1, token, letter, resend, now)), Optional.empty());
    }

    /** Creates the record of a row that cannot be sent, with the codes of its findings. */
    public static SendRecord invalid(SendKey key, Origin origin, String codes, Instant now) {
        return new SendRecord(key, origin, List.of(Attempt.invalid(codes, now)), Optional.empty());
    }

    /** Returns the newest attempt. */
    public Attempt newest() {
        return attempts.getLast();
    }

    /** Returns the attempts before the newest, oldest first. */
    public List<Attempt> earlier() {
        return attempts.subList(0, attempts.size() - 1);
    }

    /** Returns the newest attempt's token; empty for a row that cannot be sent. */
    public String token() {
        return newest().token();
    }

    /** Returns the recipient's status. */
    public SendStatus status() {
        if (closed.isPresent()) return closed.get().status();
        return delivered().orElse(newest()).status().sendStatus();
    }

    /** Returns when the status began; empty where that is not recorded. */
    public Optional<Instant> since() {
        if (closed.isPresent()) return Optional.of(closed.get().at());
        var attempt = delivered().orElse(newest());
        return Optional.ofNullable(attempt.at().get(attempt.status()));
    }

    private Optional<Attempt> delivered() {
        return attempts.stream()
                .filter(attempt -> attempt.status() == AttemptStatus.DELIVERED)
                .findFirst();
    }

    /** Finds the attempt that has a token. */
    Optional<Attempt> attempt(String withToken) {
        return attempts.stream()
                .filter(attempt -> !withToken.isEmpty() && attempt.token().equals(withToken))
                .findFirst();
    }

    /** Returns this record with the attempt of the same token replaced. */
    public SendRecord with(Attempt later) {
        var replaced = attempts.stream()
                .map(attempt -> attempt.token().equals(later.token()) ? later : attempt)
                .toList();
        return new SendRecord(key, origin, replaced, closed);
    }

    /** Returns this record with its newest attempt in the state WAITING. */
    public SendRecord deferred() {
        return with(newest().deferred());
    }

    /**
     * Returns the record of a new claim that replaces the newest attempt, which was not sent.
     *
     * @param token a new one
     */
    public SendRecord retried(String token, SentLetter letter, Instant now) {
        var attempts = new ArrayList<>(earlier());
        attempts.add(Attempt.claimed(newest().number() + 1, token, letter, newest().resend(), now));
        return new SendRecord(key, origin, attempts, closed);
    }

    /**
     * Returns the record of a new claim because a person decided to resend; keeps the newest attempt as an earlier one.
     *
     * @param token a new one
     */
    public SendRecord resent(String token, Decision decision, SentLetter letter, Instant now) {
        var attempts = new ArrayList<>(earlier());
        attempts.add(newest().superseded());
        attempts.add(Attempt.claimed(newest().number() + 1, token, letter, Optional.of(decision), now));
        return new SendRecord(key, origin, attempts, Optional.empty());
    }

    /**
     * Returns the record ended by a person's decision.
     *
     * @param trigger CLOSE or POST
     * @return empty where the status does not allow it
     */
    public Optional<SendRecord> ended(Trigger trigger, Decision decision, Instant now) {
        if (!Transitions.moves(trigger).contains(status())) return Optional.empty();
        return Transitions.next(Optional.of(status()), trigger)
                .map(to -> new SendRecord(key, origin, attempts, Optional.of(new Closure(to, now, decision))));
    }
}
