package dk.underret.aws;

import dk.underret.ledger.Attempt;
import dk.underret.ledger.Decision;
import dk.underret.ledger.History;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A {@link History} in the attributes of a {@link SendItem}; none on the good path.
 *
 * <pre>
 *  auto_reply_at, or soft_bounced_at where there was no delivery
 *  attempt_status  the newest attempt's own, where an earlier one was delivered
 *  resent, ended   {run, by, reason, replaced_by}: a person's decision
 *  earlier         [{attempt, token, status, message_id, code, …_at}]: attempts before a resend
 * </pre>
 */
final class HistoryItem {
    private static final String AUTO_REPLY_AT = "auto_reply_at";
    private static final String SOFT_BOUNCED_AT = "soft_bounced_at";
    private static final String ATTEMPT_STATUS = "attempt_status";
    private static final String RESENT = "resent";
    private static final String ENDED = "ended";
    private static final String EARLIER = "earlier";

    static final Set<String> ALL = Set.of(AUTO_REPLY_AT, SOFT_BOUNCED_AT, ATTEMPT_STATUS, RESENT, ENDED, EARLIER);

    private HistoryItem() {}

    static void put(Map<String, AttributeValue> item, SendRecord send) {
        var history = send.history();
        if (history.equals(History.NONE)) return;
        softBounce(item, send.newest());
        history.newest().ifPresent(status -> item.put(ATTEMPT_STATUS, Attributes.text(status.name())));
        history.resent().ifPresent(decision -> item.put(RESENT, AttributeValue.fromM(map(decision))));
        history.ended().ifPresent(decision -> item.put(ENDED, AttributeValue.fromM(map(decision))));
        if (!history.earlier().isEmpty())
            item.put(
                    EARLIER,
                    AttributeValue.fromL(history.earlier().stream()
                            .map(attempt -> AttributeValue.fromM(map(attempt)))
                            .toList()));
    }

    static History of(Map<String, AttributeValue> item) {
        return new History(
                Attributes.time(item, AUTO_REPLY_AT).or(() -> Attributes.time(item, SOFT_BOUNCED_AT)),
                Attributes.optional(item, ATTEMPT_STATUS).map(SendStatus::valueOf),
                decision(item, RESENT),
                decision(item, ENDED),
                Optional.ofNullable(item.get(EARLIER)).map(AttributeValue::l).orElse(List.of()).stream()
                        .map(attempt -> attempt(attempt.m()))
                        .toList());
    }

    private static void softBounce(Map<String, AttributeValue> item, Attempt attempt) {
        var name = attempt.at().containsKey(SendStatus.DELIVERED) ? AUTO_REPLY_AT : SOFT_BOUNCED_AT;
        attempt.softBounceAt().ifPresent(at -> item.put(name, Attributes.time(at)));
    }

    private static Map<String, AttributeValue> map(Decision decision) {
        var map = new HashMap<String, AttributeValue>();
        map.put("run", Attributes.text(decision.run()));
        map.put("by", Attributes.text(decision.by()));
        Attributes.put(map, "reason", decision.reason());
        decision.replacedBy().ifPresent(recipient -> map.put("replaced_by", Attributes.text(recipient)));
        return map;
    }

    private static Optional<Decision> decision(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .map(AttributeValue::m)
                .map(map -> new Decision(
                        Attributes.text(map, "run"),
                        Attributes.text(map, "by"),
                        Attributes.text(map, "reason"),
                        Attributes.optional(map, "replaced_by")));
    }

    private static Map<String, AttributeValue> map(Attempt attempt) {
        var map = new HashMap<String, AttributeValue>();
        map.put(SendItem.ATTEMPT, Attributes.number(attempt.number()));
        map.put(SendItem.TOKEN, Attributes.text(attempt.token()));
        map.put(SendItem.STATUS, Attributes.text(attempt.status().name()));
        attempt.messageId().ifPresent(id -> map.put(SendItem.MESSAGE_ID, Attributes.text(id)));
        attempt.code().ifPresent(code -> map.put(SendItem.CODE, Attributes.text(code)));
        attempt.at().forEach((status, at) -> map.put(SendItem.at(status), Attributes.time(at)));
        softBounce(map, attempt);
        return map;
    }

    private static Attempt attempt(Map<String, AttributeValue> map) {
        return new Attempt(
                (int) Attributes.number(map, SendItem.ATTEMPT),
                Attributes.text(map, SendItem.TOKEN),
                SendItem.status(map),
                Attributes.optional(map, SendItem.MESSAGE_ID),
                Attributes.optional(map, SendItem.CODE),
                SendItem.times(map),
                Attributes.time(map, AUTO_REPLY_AT).or(() -> Attributes.time(map, SOFT_BOUNCED_AT)));
    }
}
