package dk.underret.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.ledger.SendKey;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Creates short events in SNS's envelope. The directory {@code events/} has the events that SES documents. */
final class SnsEnvelopes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "kanariefugl@post.example";

    /** The time at which SES accepted the letter: {@code mail.timestamp}. */
    static final Instant TAKEN = Instant.parse("2026-03-02T08:00:01Z");

    private SnsEnvelopes() {}

    /**
     * Creates an event.
     *
     * @param kind its type; for a bounce the bounce type or subtype
     */
    static String of(String kind, SendKey key, String token) {
        var tags = Map.of(
                "ses:operation", List.of("SendEmail"),
                "incident", List.of(key.notice().incident()),
                "notice", List.of(key.notice().notice()),
                "recipient", List.of(key.recipient()),
                "attempt", List.of(token));
        var mail = Map.of(
                "timestamp",
                TAKEN.toString(),
                "messageId",
                "id-" + token,
                "destination",
                List.of(ADDRESS),
                "tags",
                tags,
                "newField",
                Map.of("of", "tomorrow"));
        var type = type(kind);
        return envelope(write(Map.of("eventType", type, field(type), details(kind), "mail", mail)));
    }

    /** Returns the time of a kind of event in {@link #of}. A kind without its own time has the time at which SES accepted the letter. */
    static Instant at(String kind) {
        return Instant.parse("2026-03-02T08:01:00.000Z").plusSeconds(Math.abs(kind.hashCode() % 600));
    }

    /** Wraps an event in the envelope that SNS delivers. */
    static String envelope(String message) {
        return write(Map.of("Type", "Notification", "MessageId", "1", "Message", message, "NewField", 1));
    }

    private static String type(String kind) {
        return switch (kind) {
            case "Permanent", "Transient", "Undetermined", "OnAccountSuppressionList", "Suppressed" -> "Bounce";
            case "ComplaintSuppressed" -> "Complaint";
            default -> kind;
        };
    }

    private static String field(String type) {
        return type.equals("Rendering Failure")
                ? "failure"
                : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private static Map<String, Object> details(String kind) {
        var at = at(kind).toString();
        return switch (kind) {
            case "Permanent", "Transient", "Undetermined" -> bounce(kind, "General", at);
            case "OnAccountSuppressionList", "Suppressed" -> bounce("Permanent", kind, at);
            case "Complaint" -> Map.of("complaintFeedbackType", "abuse", "timestamp", at);
            case "ComplaintSuppressed" -> Map.of("complaintSubType", "OnAccountSuppressionList", "timestamp", at);
            case "Send", "Reject", "Rendering Failure" -> Map.of();
            default -> Map.of("timestamp", at, "diagnosticCode", "452 <" + ADDRESS + ">");
        };
    }

    private static Map<String, Object> bounce(String type, String subType, String at) {
        return Map.of(
                "bounceType",
                type,
                "bounceSubType",
                subType,
                "timestamp",
                at,
                "bouncedRecipients",
                List.of(Map.of("emailAddress", ADDRESS, "diagnosticCode", "550 <" + ADDRESS + ">: user unknown")));
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
