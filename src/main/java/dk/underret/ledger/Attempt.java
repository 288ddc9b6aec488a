package dk.underret.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to send a dispatch: the outcome that its sender settled, and what SES's events have reported since. Events may arrive
 * after a resend, so an attempt is kept when the next one starts.
 *
 * <p>A row that cannot be sent has one attempt with the number 0 and no token: {@link #invalid}.
 *
 * @param number the number of the claim within the dispatch, starting with 1
 * @param token the claim's token, 22 characters of {@code [A-Za-z0-9_-]}; SES's events carry it as the tag {@code attempt}
 * @param letter the letter; empty for a row that cannot be sent, and for an attempt before the newest
 * @param resend the decision that started this attempt; empty for a list's own row, and for an attempt before the newest
 * @param messageId SES's message id, once known
 * @param code SES's error code, the type of a bounce, or the finding codes of the row; empty when there was no error
 * @param at when the attempt entered each state: the earliest time that was reported, or the last time that it was settled
 */
public record Attempt(
        int number,
        String token,
        AttemptStatus status,
        Optional<SentLetter> letter,
        Optional<Decision> resend,
        Optional<String> messageId,
        Optional<String> code,
        Map<AttemptStatus, Instant> at) {
    /** Copies the times. */
    public Attempt {
        at = at.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(at));
    }

    /** Creates an attempt that a sender claims. */
    static Attempt claimed(int number, String token, SentLetter letter, Optional<Decision> resend, Instant now) {
        return new Attempt(
                number,
                token,
                AttemptStatus.SENDING,
                Optional.of(letter),
                resend,
                Optional.empty(),
                Optional.empty(),
                Map.of(AttemptStatus.SENDING, now));
    }

    /** Creates the attempt of a row that cannot be sent, with the codes of its findings. */
    static Attempt invalid(String codes, Instant now) {
        return new Attempt(
                0,
                "",
                AttemptStatus.INVALID,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(codes),
                Map.of(AttemptStatus.INVALID, now));
    }

    /** Returns this attempt in the state WAITING. */
    Attempt deferred() {
        return new Attempt(number, token, AttemptStatus.WAITING, letter, resend, messageId, code, at);
    }

    /** Returns what is kept of this attempt when a resend starts the next one: all that its events need. */
    public Attempt superseded() {
        return new Attempt(number, token, status, Optional.empty(), Optional.empty(), messageId, code, at);
    }

    /**
     * Adds an event. The result is the same for every order and every repetition of the same events.
     *
     * @throws IllegalArgumentException when the event's trigger is not an event of SES
     */
    Attempt with(FeedbackEvent event) {
        var reported = AttemptStatus.reportedBy(event.trigger())
                .orElseThrow(() -> new IllegalArgumentException(event.trigger() + " is not an event of SES"));
        var times = new EnumMap<AttemptStatus, Instant>(AttemptStatus.class);
        times.putAll(at);
        times.merge(reported, event.at(), Attempt::earlier);
        var before = AttemptStatus.reported(at.keySet());
        var after = AttemptStatus.reported(times.keySet()).orElseThrow();
        return new Attempt(
                number,
                token,
                after,
                letter,
                resend,
                messageId.or(() -> Optional.of(event.messageId())),
                after == reported ? codeOf(event, before) : code,
                times);
    }

    /** Of two codes for the same state, keeps the first in the alphabet, so that the order of events makes no difference. */
    private Optional<String> codeOf(FeedbackEvent event, Optional<AttemptStatus> before) {
        if (!before.equals(AttemptStatus.reportedBy(event.trigger())) || code.isEmpty()) return event.code();
        return event.code().filter(other -> other.compareTo(code.get()) < 0).or(() -> code);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
