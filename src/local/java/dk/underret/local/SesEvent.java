package dk.underret.local;

import dk.underret.local.Journal.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Creates the events that SES publishes about a message. As with SES's mailbox simulator, the recipient's local part selects them:
 * {@code bounce}, {@code complaint}, {@code suppressed} (or {@code suppressionlist}), {@code ooto}. Text after a plus sign is ignored.
 * Messages to every other mailbox are delivered.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">Contents of event data
 *     that SES publishes to SNS</a>
 */
final class SesEvent {
    private SesEvent() {}

    /** Returns the events of a message in chronological order. */
    static Stream<String> of(Message message) {
        var send = event(message, "Send", Map.of());
        var delivery = event(
                message,
                "Delivery",
                Map.of(
                        "timestamp",
                        message.at(),
                        "processingTimeMillis",
                        546,
                        "recipients",
                        message.to(),
                        "smtpResponse",
                        "250 2.6.0 Message received",
                        "remoteMtaIp",
                        "127.0.2.0",
                        "reportingMTA",
                        "mta.example"));
        return switch (mailbox(message)) {
            case "bounce" -> Stream.of(send, bounce(message, "Permanent", "General"));
            case "suppressed", "suppressionlist" ->
                Stream.of(send, bounce(message, "Permanent", "OnAccountSuppressionList"));
            case "ooto" -> Stream.of(send, delivery, bounce(message, "Transient", "General"));
            case "complaint" -> Stream.of(send, delivery, complaint(message));
            default -> Stream.of(send, delivery);
        };
    }

    private static String mailbox(Message message) {
        var local = message.to().getFirst().split("@")[0].toLowerCase(Locale.ROOT);
        return local.split("\\+")[0];
    }

    private static String bounce(Message message, String type, String subType) {
        var recipient = Map.of(
                "emailAddress",
                message.to().getFirst(),
                "action",
                "failed",
                "status",
                "5.1.1",
                "diagnosticCode",
                "smtp; 550 5.1.1 user unknown");
        return event(
                message,
                "Bounce",
                Map.of(
                        "feedbackId",
                        "feedback-" + message.messageId(),
                        "bounceType",
                        type,
                        "bounceSubType",
                        subType,
                        "bouncedRecipients",
                        List.of(recipient),
                        "timestamp",
                        message.at(),
                        "reportingMTA",
                        "dns; mta.example"));
    }

    private static String complaint(Message message) {
        return event(
                message,
                "Complaint",
                Map.of(
                        "feedbackId",
                        "feedback-" + message.messageId(),
                        "complainedRecipients",
                        List.of(Map.of("emailAddress", message.to().getFirst())),
                        "timestamp",
                        message.at(),
                        "userAgent",
                        "ExampleCorp Feedback Loop (V0.01)",
                        "complaintFeedbackType",
                        "abuse",
                        "arrivalDate",
                        message.at()));
    }

    private static String event(Message message, String type, Map<String, Object> details) {
        var event = new LinkedHashMap<String, Object>();
        event.put("eventType", type);
        event.put("mail", mail(message));
        event.put(type.toLowerCase(Locale.ROOT), details);
        return Json.write(event);
    }

    private static Map<String, Object> mail(Message message) {
        var tags = new LinkedHashMap<String, Object>();
        tags.put("ses:configuration-set", List.of(message.headers().getOrDefault("X-SES-CONFIGURATION-SET", "")));
        message.tags().forEach((name, value) -> tags.put(name, List.of(value)));
        var headers = List.of(
                Map.of("name", "From", "value", message.from()),
                Map.of("name", "To", "value", String.join(", ", message.to())),
                Map.of("name", "Subject", "value", message.subject()));
        var common = Map.of(
                "from", List.of(message.from()),
                "to", message.to(),
                "messageId", message.messageId(),
                "subject", message.subject());
        return Map.of(
                "timestamp",
                message.at(),
                "source",
                message.from(),
                "sendingAccountId",
                LocalAws.ACCOUNT,
                "messageId",
                message.messageId(),
                "destination",
                message.to(),
                "headersTruncated",
                false,
                "headers",
                headers,
                "commonHeaders",
                common,
                "tags",
                tags);
    }
}
