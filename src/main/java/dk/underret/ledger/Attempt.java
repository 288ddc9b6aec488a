package dk.underret.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt at a dispatch: what its sender settled and what SES's events said since. An event may come at any time, so an
 * attempt outlives the resend that follows it.
 *
 * @param number from 1
 * @param token its claim's: SES's events bear it as the tag {@code attempt}
 * @param status where this attempt stands
 * @param messageId SES's message id, once known
 * @param code SES's error code, or the kind of what stands; empty where nothing went wrong
 * @param at when it last entered each status; {@code BOUNCED} only where the bounce was Permanent
 * @param softBounceAt when a Transient or Undetermined bounce was reported: a reply from a machine where there is a delivery too
 */
public record Attempt(
        int number,
        String token,
        SendStatus status,
        Optional<String> messageId,
        Optional<String> code,
        Map<SendStatus, Instant> at,
        Optional<Instant> softBounceAt) {
    /** Copies the times. */
    public Attempt {
        at = at.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(at));
    }

    /** Where an attempt stands by SES's events alone; empty where there was none. */
    static Optional<SendStatus> reported(Map<SendStatus, Instant> at, Optional<Instant> softBounceAt) {
        return Report.worst(at, softBounceAt).map(Report::status);
    }

    /** What is known of it with one more event; the same whatever the order and number of all events. */
    Attempt with(FeedbackEvent event) {
        var times = new EnumMap<SendStatus, Instant>(SendStatus.class);
        times.putAll(at);
        var soft = softBounceAt;
        var reported = Report.of(event.trigger());
        if (reported == Report.SOFT_BOUNCED) soft = Optional.of(earlier(soft.orElse(event.at()), event.at()));
        else times.merge(reported.status(), event.at(), Attempt::earlier);
        var before = Report.worst(at, softBounceAt);
        var worst = before.filter(standing -> standing.compareTo(reported) > 0).orElse(reported);
        return new Attempt(
                number,
                token,
                worst.status(),
                messageId.or(() -> Optional.of(event.messageId())),
                code(event, before, worst, reported),
                times,
                soft);
    }

    /** Of two events that stand alike, the code that is first in the alphabet, so that their order makes no difference. */
    private Optional<String> code(FeedbackEvent event, Optional<Report> before, Report worst, Report reported) {
        if (worst != reported) return code;
        if (!before.equals(Optional.of(worst)) || code.isEmpty()) return event.code();
        return event.code().filter(other -> other.compareTo(code.get()) < 0).or(() -> code);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** What SES's events can say of an attempt, from good to bad: each stands against those before it. */
    private enum Report {
        ACCEPTED(SendStatus.ACCEPTED),
        REJECTED(SendStatus.REJECTED),
        SUPPRESSED(SendStatus.SUPPRESSED),
        SOFT_BOUNCED(SendStatus.BOUNCED),
        DELIVERED(SendStatus.DELIVERED),
        BOUNCED(SendStatus.BOUNCED),
        COMPLAINED(SendStatus.COMPLAINED);

        private static final List<Report> WORST_FIRST = List.of(values()).reversed();

        private final SendStatus status;

        Report(SendStatus status) {
            this.status = status;
        }

        SendStatus status() {
            return status;
        }

        static Report of(Trigger cause) {
            return switch (cause) {
                case SENT_EVENT -> ACCEPTED;
                case REJECTION -> REJECTED;
                case SUPPRESSION -> SUPPRESSED;
                case SOFT_BOUNCE -> SOFT_BOUNCED;
                case DELIVERY -> DELIVERED;
                case BOUNCE -> BOUNCED;
                case COMPLAINT -> COMPLAINED;
                case CLAIM, ACCEPT, DEFER, REFUSE, DOUBT, STALE, HOLD, RESEND, CLOSE, POST, INVALIDATE ->
                    throw new IllegalArgumentException(cause + " is no event of SES's");
            };
        }

        static Optional<Report> worst(Map<SendStatus, Instant> at, Optional<Instant> softBounceAt) {
            return WORST_FIRST.stream()
                    .filter(report ->
                            report == SOFT_BOUNCED ? softBounceAt.isPresent() : at.containsKey(report.status()))
                    .findFirst();
        }
    }
}
