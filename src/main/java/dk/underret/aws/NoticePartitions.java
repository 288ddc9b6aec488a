package dk.underret.aws;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.SendKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The partition keys of a notice in the sends table: {@code <incident>/<notice>}, or {@code <incident>/<notice>#<0-f>} for a notice
 * that is spread, by the recipient's first hex digit.
 *
 * <p>One partition accepts 1,000 writes per second, so Intake spreads a notice over 16 partitions when SES's rate needs more. The
 * frozen notice has the number of partitions. It never changes, so it is read once per notice. A notice that is not frozen has no
 * records yet and is read again the next time.
 */
final class NoticePartitions {
    private static final char SEPARATOR = '#';

    private final DynamoDbClient client;
    private final String incidentsTable;
    private final Map<NoticeId, Integer> spreads = new ConcurrentHashMap<>();

    /** @param incidentsTable name of the table with the frozen notices */
    NoticePartitions(DynamoDbClient client, String incidentsTable) {
        this.client = client;
        this.incidentsTable = incidentsTable;
    }

    /** Returns the partition key of a send record. */
    String of(SendKey key) {
        return spread(key.notice()) == 1
                ? key.notice().toString()
                : key.notice().toString() + SEPARATOR + key.recipient().charAt(0);
    }

    /** Returns every partition key of a notice. */
    List<String> of(NoticeId notice) {
        var spread = spread(notice);
        if (spread == 1) return List.of(notice.toString());
        return IntStream.range(0, spread)
                .mapToObj(digit -> notice.toString() + SEPARATOR + Integer.toHexString(digit))
                .toList();
    }

    /** Returns the notice that a partition key belongs to. */
    static NoticeId noticeOf(String partition) {
        var slash = partition.indexOf('/');
        var separator = partition.indexOf(SEPARATOR);
        return new NoticeId(
                partition.substring(0, slash),
                partition.substring(slash + 1, separator < 0 ? partition.length() : separator));
    }

    private int spread(NoticeId notice) {
        var known = spreads.get(notice);
        if (known != null) return known;
        var frozen = frozen(notice);
        frozen.ifPresent(spread -> spreads.put(notice, spread));
        return frozen.orElse(1);
    }

    private Optional<Integer> frozen(NoticeId notice) {
        var answer = client.getItem(b -> b.tableName(incidentsTable)
                .key(DynamoIncidents.frozenKey(notice))
                .projectionExpression("#spread")
                .expressionAttributeNames(Map.of("#spread", DynamoIncidents.SPREAD))
                .consistentRead(true));
        Map<String, AttributeValue> item = answer.item();
        return answer.hasItem()
                ? Optional.of((int) Math.max(1, Attributes.number(item, DynamoIncidents.SPREAD)))
                : Optional.empty();
    }
}
