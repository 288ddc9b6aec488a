package dk.underret.aws;

import dk.underret.incident.Hold;
import dk.underret.incident.Hold.Probe;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The account's hold in the incidents table: one item with the key {@code _account}, {@code hold}, ids that no upload can have.
 * A lifted hold leaves an item with the key only, because no function may delete items.
 */
final class HoldItem {
    private static final String REASON = "reason";
    private static final String SINCE = "since";
    private static final String PROBES = "probes";
    private static final String NEXT_PROBE = "next_probe_at";
    private static final String PROBE_RUN = "probe_run";
    private static final String PROBE_CHUNK = "probe_chunk";
    private static final String CURED = "cured";
    private static final List<String> ALL = List.of(REASON, SINCE, PROBES, NEXT_PROBE, PROBE_RUN, PROBE_CHUNK, CURED);
    private static final Map<String, AttributeValue> KEY =
            Map.of("incident_id", Attributes.text("_account"), "notice_id", Attributes.text("hold"));

    private final DynamoDbClient client;
    private final String table;

    HoldItem(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    Optional<Hold> hold() {
        var response = client.getItem(b -> b.tableName(table).key(KEY).consistentRead(true));
        return response.hasItem() && response.item().containsKey(SINCE)
                ? Optional.of(hold(response.item()))
                : Optional.empty();
    }

    boolean hold(Hold hold) {
        return write(Map.of(), item(hold));
    }

    boolean change(Hold seen, Optional<Hold> next) {
        return write(item(seen), next.map(HoldItem::item).orElse(Map.of()));
    }

    /** Writes the item if it has exactly the attributes of {@code seen}. Returns false if it differs. */
    private boolean write(Map<String, AttributeValue> seen, Map<String, AttributeValue> next) {
        var names = new HashMap<String, String>();
        var values = new HashMap<String, AttributeValue>();
        ALL.forEach(name -> names.put("#" + name, name));
        seen.forEach((name, value) -> values.put(":seen_" + name, value));
        next.forEach((name, value) -> values.put(":" + name, value));
        var condition = ALL.stream()
                .map(name -> seen.containsKey(name)
                        ? "#" + name + " = :seen_" + name
                        : "attribute_not_exists(#" + name + ")")
                .toList();
        var set = next.keySet().stream().map(name -> "#" + name + " = :" + name).toList();
        var remove = ALL.stream()
                .filter(name -> !next.containsKey(name))
                .map(name -> "#" + name)
                .toList();
        try {
            client.updateItem(b -> b.tableName(table)
                    .key(KEY)
                    .conditionExpression(String.join(" AND ", condition))
                    .updateExpression((set.isEmpty() ? "" : "SET " + String.join(", ", set))
                            + (remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove)))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values.isEmpty() ? null : values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // There is another hold, or the hold has changed since it was read.
            return false;
        }
    }

    private static Map<String, AttributeValue> item(Hold hold) {
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put(REASON, Attributes.text(hold.reason().name()));
        item.put(SINCE, Attributes.time(hold.since()));
        item.put(PROBES, Attributes.number(hold.probes()));
        item.put(NEXT_PROBE, Attributes.time(hold.nextProbe()));
        hold.probe().ifPresent(probe -> {
            item.put(PROBE_RUN, Attributes.text(probe.run()));
            item.put(PROBE_CHUNK, Attributes.number(probe.chunk()));
        });
        item.put(CURED, AttributeValue.fromBool(hold.cured()));
        return item;
    }

    private static Hold hold(Map<String, AttributeValue> item) {
        return new Hold(
                Hold.HoldReason.valueOf(Attributes.text(item, REASON)),
                Attributes.timeOf(item, SINCE),
                (int) Attributes.number(item, PROBES),
                Attributes.timeOf(item, NEXT_PROBE),
                Attributes.optional(item, PROBE_RUN)
                        .map(run -> new Probe(run, (int) Attributes.number(item, PROBE_CHUNK))),
                item.getOrDefault(CURED, AttributeValue.fromBool(false)).bool());
    }
}
