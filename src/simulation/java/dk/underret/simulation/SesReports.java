package dk.underret.simulation;

import dk.underret.ledger.SendStatus;
import dk.underret.simulation.FaultPlan.Fault;
import dk.underret.simulation.SimulatedSes.AcceptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The events that SES reports about accepted messages: in any order, late, repeated or lost. */
final class SesReports {
    private static final Duration MAX_DELAY = Duration.ofMinutes(30);

    private final SimulatedCloud cloud;
    private final Map<String, Set<Kind>> reported = new HashMap<>();

    SesReports(SimulatedCloud cloud) {
        this.cloud = cloud;
    }

    /** A kind of event, with the status of a letter for which it is the only event. */
    enum Kind {
        SEND("\"eventType\":\"Send\",\"send\":{}", SendStatus.ACCEPTED),
        DELIVERY("\"eventType\":\"Delivery\",\"delivery\":{\"timestamp\":\"%s\"}", SendStatus.DELIVERED),
        PERMANENT(bounce("Permanent", "General"), SendStatus.BOUNCED),
        TRANSIENT(bounce("Transient", "General"), SendStatus.BOUNCED),
        SUPPRESSED(bounce("Permanent", "OnAccountSuppressionList"), SendStatus.SUPPRESSED),
        COMPLAINT("\"eventType\":\"Complaint\",\"complaint\":{\"timestamp\":\"%s\"}", SendStatus.COMPLAINED),
        REJECT("\"eventType\":\"Reject\",\"reject\":{\"reason\":\"Bad content\"}", SendStatus.REJECTED);

        private final String json;
        private final SendStatus status;

        Kind(String json, SendStatus status) {
            this.json = json;
            this.status = status;
        }

        private static String bounce(String type, String subType) {
            return "\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"" + type + "\",\"bounceSubType\":\"" + subType
                    + "\",\"timestamp\":\"%s\"}";
        }
    }

    /** Reports the events of a message. */
    void report(AcceptedMessage message) {
        for (var kind : chooseKinds()) {
            if (cloud.plan.occurs(Fault.MESSAGE_LOST)) continue;
            reported.computeIfAbsent(message.id(), id -> EnumSet.noneOf(Kind.class))
                    .add(kind);
            cloud.report(body(kind, message, message.attempt()), cloud.plan.durationUpTo(MAX_DELAY));
        }
        if (cloud.plan.chance(0.05)) cloud.report(body(Kind.PERMANENT, message, "forged"), Duration.ZERO);
    }

    /** Returns the status that the reported events of a message lead to; empty if none was reported. */
    Set<SendStatus> expectedStatus(AcceptedMessage message) {
        var kinds = reported.getOrDefault(message.id(), Set.of());
        var expected = EnumSet.noneOf(SendStatus.class);
        for (var kind : List.of(
                Kind.COMPLAINT, Kind.PERMANENT, Kind.DELIVERY, Kind.TRANSIENT, Kind.SUPPRESSED, Kind.REJECT, Kind.SEND))
            if (expected.isEmpty() && kinds.contains(kind)) expected.add(kind.status);
        return expected;
    }

    private List<Kind> chooseKinds() {
        var kinds = new ArrayList<>(List.of(Kind.SEND));
        if (cloud.plan.chance(0.6)) kinds.add(Kind.DELIVERY);
        else
            kinds.addAll(cloud.plan.pick(
                    List.of(Kind.PERMANENT),
                    List.of(Kind.DELIVERY, Kind.TRANSIENT),
                    List.of(Kind.TRANSIENT),
                    List.of(Kind.DELIVERY, Kind.PERMANENT),
                    List.of(Kind.DELIVERY, Kind.COMPLAINT),
                    List.of(Kind.SUPPRESSED),
                    List.of(Kind.REJECT)));
        return kinds;
    }

    private String body(Kind kind, AcceptedMessage message, String attempt) {
        var at = Instance.START.plusNanos(message.nanos()).toString();
        var notice = message.key().notice();
        var event = """
                {%s,"mail":{"timestamp":"%s","messageId":"%s","destination":["%s"],"tags":{"incident":["%s"],\
                "notice":["%s"],"recipient":["%s"],"attempt":["%s"]}}}""".formatted(
                        kind.json.formatted(at),
                        at,
                        message.id(),
                        message.to(),
                        notice.incident(),
                        notice.notice(),
                        message.key().recipient(),
                        attempt);
        return "{\"Type\":\"Notification\",\"Message\":\"" + event.replace("\"", "\\\"") + "\"}";
    }
}
