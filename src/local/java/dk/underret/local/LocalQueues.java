package dk.underret.local;

import java.time.Duration;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ, with the queues. */
final class LocalQueues implements AutoCloseable {
    static final String DISPATCH = "dispatch";
    static final String FEEDBACK = "feedback";
    static final String DEAD = "-dead";

    /** After so many receives a message goes to the dead-letter queue. */
    static final int MAX_RECEIVE_COUNT = 100;

    private final SQSRestServer server;

    private LocalQueues(SQSRestServer server) {
        this.server = server;
    }

    /** Starts the server on a port; it has no queues yet. */
    static LocalQueues start(int port) {
        var server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withPort(port)
                .withServerAddress(new org.elasticmq.NodeAddress("http", "127.0.0.1", port, ""))
                .withAWSRegion(LocalAws.REGION)
                .withAWSAccountId(LocalAws.ACCOUNT)
                .start();
        server.waitUntilStarted();
        return new LocalQueues(server);
    }

    /** A queue's address, known before it is there. */
    static String url(int port, String name) {
        return "http://127.0.0.1:" + port + "/" + LocalAws.ACCOUNT + "/" + name;
    }

    /** A queue's ARN. */
    static String arn(String name) {
        return "arn:aws:sqs:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":" + name;
    }

    /** Makes a queue and its dead-letter queue. */
    static void create(SqsClient client, String name, Duration visibility) {
        client.createQueue(q -> q.queueName(name + DEAD));
        var redrive = Json.write(Map.of("deadLetterTargetArn", arn(name + DEAD), "maxReceiveCount", MAX_RECEIVE_COUNT));
        client.createQueue(q -> q.queueName(name)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "" + visibility.toSeconds(),
                        QueueAttributeName.REDRIVE_POLICY,
                        redrive)));
    }

    /** Messages on a queue: those that can be received, those in flight and those delayed. */
    static Depth depth(SqsClient client, String url) {
        var attributes = client.getQueueAttributes(q -> q.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes();
        return new Depth(
                Long.parseLong(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
                Long.parseLong(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)),
                Long.parseLong(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)));
    }

    /** How many messages a queue holds. */
    record Depth(long ready, long inFlight, long delayed) {
        long all() {
            return ready + inFlight + delayed;
        }
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
