package dk.underret.bench;

import dk.underret.aws.Clients;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Makes the three AWS calls of each letter without rendering or other logic: a conditional put, a POST, a conditional update. The
 * requests have the size of the sender's, and use the sender's clients with as many threads. Arguments: the number of letters to
 * warm up with, and the number to measure. Prints the CPU time of the measured ones.
 */
final class CallsAlone {
    /** The sender address in the sample facts. */
    static final String SENDER = "persondata@elverhoejfriskole.example";

    private static final int THREADS = 100;

    private final DynamoDbClient dynamoDb;
    private final SesV2Client ses;

    private CallsAlone(Clients clients) {
        dynamoDb = clients.dynamoDb();
        ses = clients.ses();
    }

    /** Warms up, measures and prints. */
    public static void main(String[] arguments) throws Exception {
        var alone = new CallsAlone(new Clients(System.getenv()));
        alone.calls("warm", Integer.parseInt(arguments[0]));
        var before = Child.cpu();
        alone.calls("measured", Integer.parseInt(arguments[1]));
        Child.print(Map.of("cpu_ns", Child.cpu() - before));
    }

    private void calls(String partition, int count) throws Exception {
        var next = new AtomicInteger();
        var failed = new AtomicReference<RuntimeException>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var thread = 0; thread < THREADS; thread++)
                threads.submit(() -> {
                    try {
                        for (var i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) call(partition, i);
                    } catch (RuntimeException e) {
                        failed.compareAndSet(null, e);
                    }
                });
        }
        if (failed.get() != null) throw failed.get();
    }

    private void call(String partition, int i) {
        var key = Map.of(
                "notice",
                AttributeValue.fromS("bench/" + partition),
                "recipient",
                AttributeValue.fromS("%064x".formatted(i)));
        var item = new HashMap<>(key);
        item.put("status", AttributeValue.fromS("SENDING"));
        item.put("attempt", AttributeValue.fromN("1"));
        item.put("token", AttributeValue.fromS("t".repeat(22)));
        item.put("run", AttributeValue.fromS("r".repeat(32)));
        item.put("row", AttributeValue.fromN("" + i));
        item.put("letter", AttributeValue.fromS("breach-notice/da@shipped"));
        item.put("digest", AttributeValue.fromS("d".repeat(64)));
        item.put("sending_at", AttributeValue.fromS("2026-03-01T08:00:00.000Z"));
        dynamoDb.putItem(put -> put.tableName("sends")
                .item(item)
                .conditionExpression("attribute_not_exists(#recipient)")
                .expressionAttributeNames(Map.of("#recipient", "recipient")));
        var id = send(i);
        dynamoDb.updateItem(update -> update.tableName("sends")
                .key(key)
                .conditionExpression("#token = :token")
                .updateExpression("SET #status = :status, #at = :at, #id = :id")
                .expressionAttributeNames(
                        Map.of("#token", "token", "#status", "status", "#at", "accepted_at", "#id", "message_id"))
                .expressionAttributeValues(Map.of(
                        ":token", AttributeValue.fromS("t".repeat(22)),
                        ":status", AttributeValue.fromS("ACCEPTED"),
                        ":at", AttributeValue.fromS("2026-03-01T08:00:00.100Z"),
                        ":id", AttributeValue.fromS(id))));
    }

    private String send(int i) {
        return ses.sendEmail(send -> send.fromEmailAddress(SENDER)
                        .destination(to -> to.toAddresses("member" + i + "@lists.kommune.example"))
                        .content(content -> content.simple(simple -> simple.subject(s -> s.data(SampleLetter.SUBJECT))
                                .body(body -> body.text(t -> t.data(SampleLetter.TEXT))
                                        .html(h -> h.data(SampleLetter.HTML))))))
                .messageId();
    }
}
