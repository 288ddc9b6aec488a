package dk.underret.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one dispatch; names nobody. Codes, message id and times are the newest attempt's: a claim replaces the record, and a
 * resend keeps the attempts before it in {@link History}. The status is the person's: the newest attempt's, or DELIVERED if any was.
 *
 * @param key notice and recipient
 * @param status where it stands
 * @param attempt how often it was claimed: 1 for the first; 0 for a row that can't be sent
 * @param token the newest claim's, 22 characters of {@code [A-Za-z0-9_-]}; empty for a row that can't be sent: comes back in SES's events as the tag {@code attempt}
 * @param originRun the run whose row this is
 * @param originRow its row in that run's list, as Excel numbers it
 * @param letter the letter's name, locale and version; empty for a row that can't be sent
 * @param digest SHA-256 over subject, text and HTML (each preceded by its length in bytes as a decimal number and a colon), lower-case
 *     hex; empty for a row that can't be sent
 * @param messageId SES's message id, once known
 * @param code SES's error code or the row's finding codes; empty where nothing went wrong
 * @param at when this attempt last entered each status
 * @param history earlier attempts, what a person decided, and replies from machines
 */
public record SendRecord(
        SendKey key,
        SendStatus status,
        int attempt,
        String token,
        String originRun,
        long originRow,
        Optional<LetterVersion> letter,
        Optional<String> digest,
        Optional<String> messageId,
        Optional<String> code,
        Map<SendStatus, Instant> at,
        History history) {
    /** Copies the times. */
    public SendRecord {
        at = at.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(at));
    }

    /** A dispatch that nobody decided about. */
    public SendRecord(
            SendKey key,
            SendStatus status,
            int attempt,
            String token,
            String originRun,
            long originRow,
            Optional<LetterVersion> letter,
            Optional<String> digest,
            Optional<String> messageId,
            Optional<String> code,
            Map<SendStatus, Instant> at) {
        this(key, status, attempt, token, originRun, originRow, letter, digest, messageId, code, at, History.NONE);
    }

    /** When its status began; empty where that is not recorded. */
    public Optional<Instant> since() {
        return Optional.ofNullable(at.get(status)).or(history::softBounceAt);
    }

    /** Its newest attempt by itself. */
    public Attempt newest() {
        var settled = history.newest().orElse(status);
        var own = Attempt.reported(at, history.softBounceAt()).orElse(settled);
        return new Attempt(attempt, token, own, messageId, code, at, history.softBounceAt());
    }

    /**
     * Claimed once more because a person decided so; what there is of the newest attempt joins the earlier ones.
     *
     * @param fresh the new attempt's token
     */
    public SendRecord nextAttempt(
            String fresh,
            Decision decision,
            Optional<LetterVersion> newLetter,
            Optional<String> newDigest,
            Instant now) {
        var attempts = new ArrayList<>(history.earlier());
        attempts.add(newest());
        return new SendRecord(
                key,
                SendStatus.SENDING,
                attempt + 1,
                fresh,
                originRun,
                originRow,
                newLetter,
                newDigest,
                Optional.empty(),
                Optional.empty(),
                Map.of(SendStatus.SENDING, now),
                new History(Optional.empty(), Optional.empty(), Optional.of(decision), Optional.empty(), attempts));
    }

    /** Finds the attempt that has a token. */
    Optional<Attempt> attempt(String withToken) {
        return attempts().stream()
                .filter(one -> !withToken.isEmpty() && one.token().equals(withToken))
                .findFirst();
    }

    /** Returns this record with one of its attempts replaced by its later state. */
    SendRecord with(Attempt later) {
        var attempts = attempts();
        attempts.replaceAll(one -> one.token().equals(later.token()) ? later : one);
        return of(attempts);
    }

    private List<Attempt> attempts() {
        var attempts = new ArrayList<>(history.earlier());
        attempts.add(newest());
        return attempts;
    }

    /** With these attempts, the newest last: the person's status is that one's, or DELIVERED if any was; what a person decided stands. */
    private SendRecord of(List<Attempt> attempts) {
        var last = attempts.getLast();
        var told = attempts.stream().anyMatch(one -> one.status() == SendStatus.DELIVERED);
        var stands = told ? SendStatus.DELIVERED : last.status();
        if (history.ended().isPresent()) stands = status;
        return new SendRecord(
                key,
                stands,
                attempt,
                token,
                originRun,
                originRow,
                letter,
                digest,
                last.messageId(),
                last.code(),
                last.at(),
                new History(
                        last.softBounceAt(),
                        last.status() == stands ? Optional.empty() : Optional.of(last.status()),
                        history.resent(),
                        history.ended(),
                        attempts.subList(0, attempts.size() - 1)));
    }

    /**
     * Ended unsent by a person.
     *
     * @param cause CLOSE or POST
     * @return empty where its status does not allow it
     */
    public Optional<SendRecord> ended(Trigger cause, Decision decision, Instant now) {
        if (!Transitions.moves(cause).contains(status)) return Optional.empty();
        return Transitions.next(Optional.of(status), cause).map(to -> {
            var times = new EnumMap<SendStatus, Instant>(SendStatus.class);
            times.putAll(at);
            times.put(to, now);
            var decided = new History(
                    history.softBounceAt(),
                    history.newest(),
                    history.resent(),
                    Optional.of(decision),
                    history.earlier());
            return new SendRecord(
                    key, to, attempt, token, originRun, originRow, letter, digest, messageId, code, times, decided);
        });
    }
}
