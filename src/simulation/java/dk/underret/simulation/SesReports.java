package dk.underret.simulation;

import dk.underret.ledger.SendStatus;
import dk.underret.simulation.FaultPlan.Fault;
import dk.underret.simulation.SimulatedSes.Posted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What SES reports of the messages that it took: any order, late, twice, or not at all. */
final class SesReports {
    private static final Duration LATE = Duration.ofMinutes(30);

    private final SimulatedCloud world;
    private final Map<String, Set<Kind>> sent = new HashMap<>();

    SesReports(SimulatedCloud world) {
        this.world = world;
    }

    /** A report, and what it makes of a letter of which nothing else is known. */
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

    /** Reports on a message. */
    void on(Posted posted) {
        for (var kind : fate()) {
            if (world.weather.strikes(Fault.VANISHED)) continue;
            sent.computeIfAbsent(posted.id(), id -> EnumSet.noneOf(Kind.class)).add(kind);
            world.report(body(kind, posted, posted.attempt()), world.weather.upTo(LATE));
        }
        if (world.weather.chance(0.05)) world.report(body(Kind.PERMANENT, posted, "forged"), Duration.ZERO);
    }

    /** What is to be made of everything that was reported about a message; empty where nothing was. */
    Set<SendStatus> of(Posted posted) {
        var kinds = sent.getOrDefault(posted.id(), Set.of());
        var worst = EnumSet.noneOf(SendStatus.class);
        for (var kind : List.of(
                Kind.COMPLAINT, Kind.PERMANENT, Kind.DELIVERY, Kind.TRANSIENT, Kind.SUPPRESSED, Kind.REJECT, Kind.SEND))
            if (worst.isEmpty() && kinds.contains(kind)) worst.add(kind.status);
        return worst;
    }

    private List<Kind> fate() {
        var fate = new ArrayList<>(List.of(Kind.SEND));
        if (world.weather.chance(0.6)) fate.add(Kind.DELIVERY);
        else
            fate.addAll(world.weather.one(
                    List.of(Kind.PERMANENT),
                    List.of(Kind.DELIVERY, Kind.TRANSIENT),
                    List.of(Kind.TRANSIENT),
                    List.of(Kind.DELIVERY, Kind.PERMANENT),
                    List.of(Kind.DELIVERY, Kind.COMPLAINT),
                    List.of(Kind.SUPPRESSED),
                    List.of(Kind.REJECT)));
        return fate;
    }

    private String body(Kind kind, Posted posted, String attempt) {
        var at = Instance.START.plusNanos(posted.nanos()).toString();
        var notice = posted.key().notice();
        var event = """
                {%s,"mail":{"timestamp":"%s","messageId":"%s","destination":["%s"],"tags":{"incident":["%s"],\
                "notice":["%s"],"recipient":["%s"],"attempt":["%s"]}}}""".formatted(
                        kind.json.formatted(at),
                        at,
                        posted.id(),
                        posted.to(),
                        notice.incident(),
                        notice.notice(),
                        posted.key().recipient(),
                        attempt);
        return "{\"Type\":\"Notification\",\"Message\":\"" + event.replace("\"", "\\\"") + "\"}";
    }
}
