package dk.underret.aws;

import static dk.underret.aws.AttemptItem.CODE;
import static dk.underret.aws.AttemptItem.MESSAGE_ID;
import static dk.underret.aws.AttemptItem.TOKEN;
import static dk.underret.aws.SendItem.PROBLEM;
import static dk.underret.aws.SendItem.RECIPIENT;
import static dk.underret.aws.SendItem.STATUS;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.Claim;
import dk.underret.ledger.Decision;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Mismatch;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Transitions;
import dk.underret.ledger.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The ledger in the sends table. Every write has a condition, so the client's retries are harmless. A failed condition returns the
 * stored item ({@code ALL_OLD}), which distinguishes a write whose answer was lost from
 * another sender's write.
 */
public final class DynamoLedger implements Ledger {
    /** The maximum number of keys in one BatchGetItem. */
    private static final int BATCH = 100;

    private final DynamoDbClient client;
    private final String table;
    private final NoticePartitions partitions;
    private final NoticeRecords noticeRecords;

    /**
     * Creates the ledger.
     *
     * @param table name of the sends table
     * @param incidentsTable name of the incidents table, whose frozen notices say how their records are partitioned
     */
    public DynamoLedger(DynamoDbClient client, String table, String incidentsTable) {
        this.client = client;
        this.table = table;
        this.partitions = new NoticePartitions(client, incidentsTable);
        this.noticeRecords = new NoticeRecords(client, table, partitions);
    }

    @Override
    public Claim claim(SendRecord fresh, Optional<SendRecord> seen) {
        var put = PutItemRequest.builder()
                .tableName(table)
                .item(item(fresh))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (seen.isPresent()) replacing(put, seen.get());
        else absent(put);
        try {
            client.putItem(put.build());
            return new Claim.Ours();
        } catch (ConditionalCheckFailedException e) {
            return claim(fresh, SendItem.record(stored(e)));
        }
    }

    /** A repeated claim whose first answer was lost finds its own token. */
    private static Claim claim(SendRecord fresh, SendRecord stored) {
        var ours = stored.token().equals(fresh.token()) && stored.status() == SendStatus.SENDING;
        return ours ? new Claim.Ours() : new Claim.Taken(stored);
    }

    private static void absent(PutItemRequest.Builder put) {
        put.conditionExpression("attribute_not_exists(#recipient)")
                .expressionAttributeNames(Map.of("#recipient", RECIPIENT));
    }

    private static void replacing(PutItemRequest.Builder put, SendRecord seen) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":seen", Attributes.text(seen.token()));
        put.conditionExpression("#token = :seen AND " + statusIn(Transitions.moves(Trigger.CLAIM), values))
                .expressionAttributeNames(Map.of("#token", TOKEN, "#status", STATUS))
                .expressionAttributeValues(values);
    }

    @Override
    public void invalid(SendRecord record) {
        var put = PutItemRequest.builder().tableName(table).item(item(record));
        absent(put);
        try {
            client.putItem(put.build());
        } catch (ConditionalCheckFailedException e) {
            // Recorded already: the key is derived from list version and row, so the record is of the same row of the
            // same list.
            return;
        }
    }

    @Override
    public Optional<SendStatus> settle(
            SendKey key, String token, Trigger trigger, Instant at, Optional<String> messageId, Optional<String> code) {
        try {
            client.updateItem(move(key, token, trigger, at, messageId, code));
            return Transitions.next(Optional.of(SendStatus.SENDING), trigger);
        } catch (ConditionalCheckFailedException e) {
            if (!e.hasItem() || !Attributes.text(e.item(), TOKEN).equals(token)) return Optional.empty();
            var status = SendItem.status(e.item());
            if (!Transitions.stays(trigger).contains(status)) return Optional.empty();
            return trigger == Trigger.ACCEPT ? addAcceptance(key, token, at, messageId) : Optional.of(status);
        }
    }

    /** Keeps the status, because an event arrived before the settle or the settle is repeated. Adds message id and time. */
    private Optional<SendStatus> addAcceptance(SendKey key, String token, Instant at, Optional<String> messageId) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":token", Attributes.text(token));
        values.put(":at", Attributes.time(at));
        messageId.ifPresent(id -> values.put(":id", Attributes.text(id)));
        var names = new HashMap<>(
                Map.of("#token", TOKEN, "#status", STATUS, "#accepted_at", SendItem.at(SendStatus.ACCEPTED)));
        if (messageId.isPresent()) names.put("#id", MESSAGE_ID);
        try {
            var answer = client.updateItem(UpdateItemRequest.builder()
                    .tableName(table)
                    .key(primaryKey(key))
                    .conditionExpression("#token = :token AND " + statusIn(Transitions.stays(Trigger.ACCEPT), values))
                    .updateExpression("SET #accepted_at = if_not_exists(#accepted_at, :at)"
                            + (messageId.isPresent() ? ", #id = :id" : ""))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValues(ReturnValue.ALL_NEW)
                    .build());
            return Optional.of(SendItem.status(answer.attributes()));
        } catch (ConditionalCheckFailedException e) {
            // A person closed or resent it in between: their decision is kept.
            return Optional.empty();
        }
    }

    private UpdateItemRequest move(
            SendKey key, String token, Trigger trigger, Instant at, Optional<String> messageId, Optional<String> code) {
        var to = Transitions.next(Optional.of(SendStatus.SENDING), trigger)
                .orElseThrow(() -> new IllegalArgumentException(trigger + " does not settle a claim"));
        var names =
                new HashMap<>(Map.of("#token", TOKEN, "#status", STATUS, "#at", SendItem.at(to), "#problem", PROBLEM));
        var values = new HashMap<>(Map.of(
                ":token", Attributes.text(token),
                ":status", Attributes.text(to.name()),
                ":at", Attributes.time(at)));
        var set = new StringBuilder("SET #status = :status, #at = :at");
        messageId.ifPresent(id -> set(set, names, values, MESSAGE_ID, id));
        code.ifPresent(value -> set(set, names, values, CODE, value));
        if (to.problem()) {
            set.append(", #problem = :problem");
            values.put(":problem", SendItem.problem(to, at, key));
        } else {
            set.append(" REMOVE #problem");
        }
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(primaryKey(key))
                .conditionExpression("#token = :token AND " + statusIn(Transitions.moves(trigger), values))
                .updateExpression(set.toString())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static void set(
            StringBuilder set,
            Map<String, String> names,
            Map<String, AttributeValue> values,
            String name,
            String value) {
        set.append(", #").append(name).append(" = :").append(name);
        names.put("#" + name, name);
        values.put(":" + name, Attributes.text(value));
    }

    /** Reads the record, applies the event and writes on the condition that nothing changed in between, until that succeeds. */
    @Override
    public FeedbackResult feedback(SendKey key, String token, FeedbackEvent event) {
        var stored = read(key);
        for (int attempt = 1; attempt <= Backoff.TRIES; attempt++) {
            if (stored.isEmpty()) return new FeedbackResult.Foreign(Mismatch.NO_RECORD);
            var result = FeedbackResult.of(SendItem.record(stored), token, event);
            if (!(result instanceof FeedbackResult.Applied applied)) return result;
            var found = replace(stored, SendItem.afterEvent(partitions.of(key), applied.record()));
            if (found.isEmpty()) return applied;
            stored = found.get();
            Backoff.pause(attempt);
        }
        throw stillChanging();
    }

    @Override
    public Claim resend(SendRecord fresh, SendRecord seen) {
        if (!Transitions.moves(Trigger.RESEND).contains(seen.status())) return new Claim.Taken(seen);
        var found = replace(item(seen), item(fresh));
        return found.map(SendItem::record).map(record -> claim(fresh, record)).orElseGet(Claim.Ours::new);
    }

    @Override
    public SendRecord end(SendRecord seen, Trigger trigger, Decision decision, Instant at) {
        var stored = item(seen);
        for (int attempt = 1; attempt <= Backoff.TRIES; attempt++) {
            var record = SendItem.record(stored);
            var ended = record.ended(trigger, decision, at);
            if (ended.isEmpty() || !record.token().equals(seen.token())) return record;
            var found = replace(stored, item(ended.get()));
            if (found.isEmpty()) return ended.get();
            stored = found.get();
            Backoff.pause(attempt);
        }
        throw stillChanging();
    }

    private static IllegalStateException stillChanging() {
        return new IllegalStateException("the send record still changed after " + Backoff.TRIES + " attempts");
    }

    /**
     * Replaces an item on the condition that the stored one is still the same.
     *
     * @return empty when it was replaced; else the stored item
     */
    private Optional<Map<String, AttributeValue>> replace(
            Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var names = new HashMap<String, String>();
        var values = new HashMap<String, AttributeValue>();
        var conditions = new ArrayList<String>();
        for (var name : SendItem.ALL) {
            names.put("#" + name, name);
            var value = before.get(name);
            if (value != null) values.put(":" + name, value);
            conditions.add(value == null ? "attribute_not_exists(#" + name + ")" : "#" + name + " = :" + name);
        }
        try {
            client.putItem(PutItemRequest.builder()
                    .tableName(table)
                    .item(after)
                    .conditionExpression(String.join(" AND ", conditions))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(stored(e));
        }
    }

    private Map<String, AttributeValue> item(SendRecord record) {
        return SendItem.of(partitions.of(record.key()), record);
    }

    private Map<String, AttributeValue> primaryKey(SendKey key) {
        return SendItem.key(partitions.of(key), key);
    }

    private Map<String, AttributeValue> read(SendKey key) {
        return client.getItem(get -> get.tableName(table).key(primaryKey(key)).consistentRead(true))
                .item();
    }

    @Override
    public Map<SendKey, SendRecord> read(Collection<SendKey> keys) {
        var records = new HashMap<SendKey, SendRecord>();
        var all = new ArrayList<>(new LinkedHashSet<>(keys));
        for (int from = 0; from < all.size(); from += BATCH)
            read(all.subList(from, Math.min(from + BATCH, all.size())), records);
        return records;
    }

    @Override
    public Tally tally(NoticeId notice, String runId) {
        return noticeRecords.tally(notice, runId);
    }

    @Override
    public List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int limit) {
        return noticeRecords.problems(notice, status, before, limit);
    }

    @Override
    public boolean held(SendKey key, String token, Instant at) {
        return noticeRecords.held(key, token, at);
    }

    private void read(List<SendKey> keys, Map<SendKey, SendRecord> records) {
        var wanted = request(keys.stream().map(this::primaryKey).toList());
        for (int attempt = 1; ; attempt++) {
            var answer = client.batchGetItem(wanted);
            for (var item : answer.responses().getOrDefault(table, List.of())) {
                var record = SendItem.record(item);
                records.put(record.key(), record);
            }
            var left = answer.unprocessedKeys().get(table);
            if (left == null) return;
            if (attempt == Backoff.TRIES)
                throw new IllegalStateException(
                        "send records were not read: still throttled after " + Backoff.TRIES + " attempts");
            wanted = request(left.keys());
            Backoff.pause(attempt);
        }
    }

    private BatchGetItemRequest request(List<Map<String, AttributeValue>> keys) {
        var consistently =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        return BatchGetItemRequest.builder()
                .requestItems(Map.of(table, consistently))
                .build();
    }

    /** Returns {@code #status IN (…)} and adds the values that it names. */
    private static String statusIn(Set<SendStatus> statuses, Map<String, AttributeValue> values) {
        statuses.forEach(status -> values.put(":" + status, Attributes.text(status.name())));
        return "#status IN ("
                + String.join(", ", statuses.stream().map(s -> ":" + s).toList()) + ")";
    }

    private static Map<String, AttributeValue> stored(ConditionalCheckFailedException e) {
        if (!e.hasItem()) throw new IllegalStateException("a conditional write failed and returned no record", e);
        return e.item();
    }
}
