package dk.underret.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.feedback.SesEventResult.SetAside.Code;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.Trigger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An event that SES publishes through SNS. Only the fields that are used are read.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">Contents of event data
 *     that SES publishes to SNS</a>
 */
sealed interface SesEvent {
    /**
     * An event about one attempt, by its tags. Only the ledger knows whether that attempt exists.
     *
     * @param recipient HMAC, 64 hex digits
     * @param token the attempt's token
     */
    record OfAttempt(NoticeId notice, String recipient, String token, FeedbackEvent event) implements SesEvent {}

    /** A message that is set aside. */
    record Other(Code code) implements SesEvent {}

    /** Reads the body of a queue message. Never throws, whatever it contains. */
    static SesEvent read(String body) {
        var envelope = Json.read(body);
        if (envelope.isEmpty() || !envelope.get().path("Message").isTextual()) return new Other(Code.NO_NOTIFICATION);
        var event = Json.read(envelope.get().path("Message").asText());
        if (event.isEmpty() || !event.get().path("eventType").isTextual()) return new Other(Code.NO_EVENT);
        return of(event.get());
    }

    private static SesEvent of(JsonNode event) {
        var mail = event.path("mail");
        var kind = Kind.of(event);
        if (kind.isEmpty()) return new Other(Code.OTHER_TYPE);
        var at = Json.time(event.path(kind.get().details()).path("timestamp"))
                .filter(time -> kind.get().trigger() != Trigger.SENT_EVENT)
                .or(() -> Json.time(mail.path("timestamp")));
        var messageId = mail.path("messageId").asText("");
        if (at.isEmpty() || messageId.isEmpty()) return new Other(Code.NO_EVENT);
        var reported = new FeedbackEvent(
                kind.get().trigger(), at.get(), messageId, kind.get().code());
        return Tags.of(mail.path("tags"), reported);
    }

    /**
     * The kind of an event.
     *
     * @param details the field with the details of its type
     * @param code the type of a bounce or a failure; SES's description of it may contain an address and is never read
     */
    record Kind(Trigger trigger, String details, Optional<String> code) {
        /** Subtypes for which SES did not send: the address is on a suppression list. */
        private static final Set<String> SUPPRESSED = Set.of("OnAccountSuppressionList", "Suppressed");

        private static final Set<String> TYPES = Set.of("Permanent", "Transient", "Undetermined");
        private static final Pattern WORD = Pattern.compile("[A-Za-z-]{1,24}");

        static Optional<Kind> of(JsonNode event) {
            return Optional.ofNullable(
                    switch (event.path("eventType").asText()) {
                        case "Send" -> new Kind(Trigger.SENT_EVENT, "send", Optional.empty());
                        case "DeliveryDelay" -> new Kind(Trigger.SENT_EVENT, "deliveryDelay", Optional.empty());
                        case "Delivery" -> new Kind(Trigger.DELIVERY, "delivery", Optional.empty());
                        case "Bounce" -> bounce(event.path("bounce"));
                        case "Complaint" -> complaint(event.path("complaint"));
                        case "Reject" -> new Kind(Trigger.REJECTION, "reject", Optional.of("Reject"));
                        case "Rendering Failure" ->
                            new Kind(Trigger.REJECTION, "failure", Optional.of("RenderingFailure"));
                        default -> null;
                    });
        }

        /** Treats only the type Permanent as a permanent bounce, so that a type unknown today does not make a letter undelivered. */
        private static Kind bounce(JsonNode bounce) {
            var type = bounce.path("bounceType").asText("");
            if (!TYPES.contains(type)) type = "Other";
            var subType = word(bounce.path("bounceSubType"));
            var trigger = type.equals("Permanent") ? Trigger.BOUNCE : Trigger.SOFT_BOUNCE;
            if (SUPPRESSED.contains(subType)) trigger = Trigger.SUPPRESSION;
            return new Kind(trigger, "bounce", Optional.of(type + "." + subType));
        }

        /** SES also reports a complaint when it did not send because of an earlier complaint. */
        private static Kind complaint(JsonNode complaint) {
            var subType = word(complaint.path("complaintSubType"));
            if (SUPPRESSED.contains(subType))
                return new Kind(Trigger.SUPPRESSION, "complaint", Optional.of("Complaint." + subType));
            return new Kind(
                    Trigger.COMPLAINT,
                    "complaint",
                    Optional.of("Complaint." + word(complaint.path("complaintFeedbackType"))));
        }

        private static String word(JsonNode text) {
            var word = text.asText("");
            return WORD.matcher(word).matches() ? word : "Other";
        }
    }

    /** The tags of every letter, each a list of one value. */
    final class Tags {
        private static final Pattern RECIPIENT = Pattern.compile("[0-9a-f]{64}");
        private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        private Tags() {}

        static SesEvent of(JsonNode tags, FeedbackEvent event) {
            var incident = tag(tags, "incident");
            var notice = tag(tags, "notice");
            var recipient = tag(tags, "recipient");
            var token = tag(tags, "attempt");
            if (recipient.equals(SendKey.PREVIEW_MAIL)) return new Other(Code.TRIAL);
            var ours = NoticeId.isId(incident)
                    && NoticeId.isId(notice)
                    && !NoticeId.RESERVED.contains(notice)
                    && RECIPIENT.matcher(recipient).matches()
                    && TOKEN.matcher(token).matches();
            if (!ours) return new Other(Code.NO_TAGS);
            return new OfAttempt(new NoticeId(incident, notice), recipient, token, event);
        }

        private static String tag(JsonNode tags, String name) {
            var values = tags.path(name);
            return values.size() == 1 ? values.path(0).asText("") : "";
        }
    }

    /** Reads JSON without exceptions, whose messages would quote the text. */
    final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}

        static Optional<JsonNode> read(String text) {
            try {
                return Optional.ofNullable(MAPPER.readTree(text));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        }

        /** Reads a time. SES's end in {@code Z}, LocalStack's in {@code +00:00}. */
        static Optional<Instant> time(JsonNode text) {
            try {
                return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
