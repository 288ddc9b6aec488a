package dk.underret.aws;

import static dk.underret.aws.RunItem.PARKED_AT;
import static dk.underret.aws.RunItem.QUEUED_AT;
import static dk.underret.aws.RunItem.RUN_ID;
import static dk.underret.aws.RunItem.SETTLED_AT;

import dk.underret.run.ChunkRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The queue state of an unsettled chunk: when its message was last queued or parked, in attributes of the chunk's item. */
final class ChunkQueueState {
    private static final String QUEUED = "SET #queued_at = :at REMOVE #parked_at";
    private static final String PARKED = "SET #parked_at = :at, #queued_at = if_not_exists(#queued_at, :at)";

    private final DynamoDbClient client;
    private final String table;

    ChunkQueueState(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    void touch(String runId, int number, Instant at) {
        update(runId, number, QUEUED, at, "", Map.of());
    }

    void park(String runId, int number, Instant at) {
        update(runId, number, PARKED, at, "", Map.of());
    }

    boolean requeue(ChunkRecord seen, Instant at) {
        var values = new HashMap<String, AttributeValue>();
        var asSeen = asSeen(QUEUED_AT, seen.queuedAt(), values) + asSeen(PARKED_AT, seen.parkedAt(), values);
        return update(seen.run(), seen.number(), QUEUED, at, asSeen, values);
    }

    private static String asSeen(String name, Optional<Instant> seen, Map<String, AttributeValue> values) {
        if (seen.isEmpty()) return " AND attribute_not_exists(#" + name + ")";
        values.put(":" + name, Attributes.time(seen.get()));
        return " AND #" + name + " = :" + name;
    }

    /**
     * Updates a chunk unless it is settled. If the response is lost, the SDK repeats the write, and a condition on the old state
     * then fails because of our own first write.
     *
     * @return false if the chunk is settled or the condition fails
     */
    private boolean update(
            String runId,
            int number,
            String expression,
            Instant at,
            String condition,
            Map<String, AttributeValue> conditionValues) {
        var values = new HashMap<>(conditionValues);
        values.put(":at", Attributes.time(at));
        try {
            client.updateItem(b -> b.tableName(table)
                    .key(RunItem.key(runId, number))
                    .conditionExpression("attribute_exists(#run) AND attribute_not_exists(#settled_at)" + condition)
                    .updateExpression(expression)
                    .expressionAttributeNames(Map.of(
                            "#run", RUN_ID,
                            "#settled_at", SETTLED_AT,
                            "#queued_at", QUEUED_AT,
                            "#parked_at", PARKED_AT))
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The chunk is settled, or its state has changed since it was read.
            return false;
        }
    }
}
