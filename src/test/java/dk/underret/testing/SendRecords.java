package dk.underret.testing;

import dk.underret.ledger.Attempt;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Closure;
import dk.underret.ledger.Decision;
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.SentLetter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates send records in any status, to set up tests. */
public final class SendRecords {
    /** The decision of CLOSED and POSTED records. */
    public static final Decision DECISION =
            new Decision("e".repeat(32), "AWS:AIDAEXAMPLE:birte", "moved", Optional.empty());

    private SendRecords() {}

    /** Returns a record with one attempt, whose letter and times don't matter to the test. */
    public static SendRecord of(SendKey key, SendStatus status, String token, Origin origin, Instant since) {
        return of(
                key,
                status,
                1,
                token,
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(status, since));
    }

    /**
     * Returns a record with one attempt. The attempt of a CLOSED or POSTED record is HELD.
     *
     * @param at the time of each status
     */
    public static SendRecord of(
            SendKey key,
            SendStatus status,
            int number,
            String token,
            Origin origin,
            Optional<SentLetter> letter,
            Optional<String> messageId,
            Optional<String> code,
            Map<SendStatus, Instant> at) {
        var ended = status == SendStatus.CLOSED || status == SendStatus.POSTED;
        var times = new EnumMap<AttemptStatus, Instant>(AttemptStatus.class);
        at.forEach((entered, time) -> times.put(attempt(entered), time));
        return new SendRecord(
                key,
                origin,
                List.of(new Attempt(number, token, attempt(status), letter, Optional.empty(), messageId, code, times)),
                ended ? Optional.of(new Closure(status, at.get(status), DECISION)) : Optional.empty());
    }

    private static AttemptStatus attempt(SendStatus status) {
        return switch (status) {
            case CLOSED, POSTED -> AttemptStatus.HELD;
            case SENDING,
                    WAITING,
                    ACCEPTED,
                    DELIVERED,
                    BOUNCED,
                    SUPPRESSED,
                    COMPLAINED,
                    REJECTED,
                    FAILED,
                    UNKNOWN,
                    HELD,
                    INVALID -> AttemptStatus.valueOf(status.name());
        };
    }

    /** Returns the letter that most tests send. */
    public static Optional<SentLetter> letter() {
        return Optional.of(new SentLetter(new LetterVersion("breach-notice", "da", "shipped"), "d".repeat(64)));
    }
}
