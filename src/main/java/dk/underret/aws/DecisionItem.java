package dk.underret.aws;

import dk.underret.ledger.Decision;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A {@link Decision} as a map: {@code {run, by, reason, replaced_by}}. */
final class DecisionItem {
    private DecisionItem() {}

    static AttributeValue of(Decision decision) {
        var map = new HashMap<String, AttributeValue>();
        map.put("run", Attributes.text(decision.run()));
        map.put("by", Attributes.text(decision.by()));
        Attributes.put(map, "reason", decision.reason());
        decision.replacedBy().ifPresent(recipient -> map.put("replaced_by", Attributes.text(recipient)));
        return AttributeValue.fromM(map);
    }

    static Decision read(Map<String, AttributeValue> map) {
        return new Decision(
                Attributes.text(map, "run"),
                Attributes.text(map, "by"),
                Attributes.text(map, "reason"),
                Attributes.optional(map, "replaced_by"));
    }
}
