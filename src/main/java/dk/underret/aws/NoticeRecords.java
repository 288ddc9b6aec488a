package dk.underret.aws;

import static dk.underret.aws.AttemptItem.TOKEN;
import static dk.underret.aws.SendItem.NOTICE;
import static dk.underret.aws.SendItem.PROBLEM;
import static dk.underret.aws.SendItem.RUN;
import static dk.underret.aws.SendItem.STATUS;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Queries all records of a notice: counts them by status, and finds problems in the sparse index. */
final class NoticeRecords {
    private static final String PROBLEM_INDEX = "problem-index";

    private final DynamoDbClient client;
    private final String table;
    private final NoticePartitions partitions;

    NoticeRecords(DynamoDbClient client, String table, NoticePartitions partitions) {
        this.client = client;
        this.table = table;
        this.partitions = partitions;
    }

    /** Counts by status. Transfers only the status, but reads and pays for whole items. */
    Tally tally(NoticeId notice, String runId) {
        var counts = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        partitions.of(notice).stream()
                .flatMap(partition -> client
                        .queryPaginator(b -> b.tableName(table)
                                .consistentRead(true)
                                .keyConditionExpression("#notice = :notice")
                                .filterExpression("#run = :run")
                                .projectionExpression("#status")
                                .expressionAttributeNames(Map.of("#notice", NOTICE, "#run", RUN, "#status", STATUS))
                                .expressionAttributeValues(
                                        Map.of(":notice", Attributes.text(partition), ":run", Attributes.text(runId))))
                        .items()
                        .stream())
                .forEach(item -> counts.merge(RowOutcome.of(SendItem.status(item)), 1L, Long::sum));
        return new Tally(counts);
    }

    List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int limit) {
        return partitions.of(notice).stream()
                .flatMap(partition -> client
                        .queryPaginator(b -> b.tableName(table)
                                .indexName(PROBLEM_INDEX)
                                .keyConditionExpression("#notice = :notice AND #problem BETWEEN :first AND :before")
                                .expressionAttributeNames(Map.of("#notice", NOTICE, "#problem", PROBLEM))
                                .expressionAttributeValues(Map.of(
                                        ":notice", Attributes.text(partition),
                                        ":first", Attributes.text(status + "#"),
                                        ":before", Attributes.text(status + "#" + Attributes.timeText(before)))))
                        .items()
                        .stream()
                        .limit(limit))
                .map(SendItem::record)
                .toList();
    }

    boolean held(SendKey key, String token, Instant at) {
        try {
            client.updateItem(b -> b.tableName(table)
                    .key(SendItem.key(partitions.of(key), key))
                    .conditionExpression("#token = :token AND #status = :unknown")
                    .updateExpression("SET #status = :held, #at = :at, #problem = :problem")
                    .expressionAttributeNames(Map.of(
                            "#token", TOKEN,
                            "#status", STATUS,
                            "#at", SendItem.at(SendStatus.HELD),
                            "#problem", PROBLEM))
                    .expressionAttributeValues(Map.of(
                            ":token", Attributes.text(token),
                            ":unknown", Attributes.text(SendStatus.UNKNOWN.name()),
                            ":held", Attributes.text(SendStatus.HELD.name()),
                            ":at", Attributes.time(at),
                            ":problem", SendItem.problem(SendStatus.HELD, at, key))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // An event or a person's decision changed the record in between; its status is kept.
            return false;
        }
    }
}
