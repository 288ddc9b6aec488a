package dk.underret.local;

import java.time.Duration;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Starts ElasticMQ and creates the queues. */
final class LocalQueues implements AutoCloseable {
    static final String DISPATCH = "dispatch";
    static final String FEEDBACK = "feedback";
    static final String DEAD_LETTER_SUFFIX = "-dead";

    /** The number of receives after which SQS moves a message to the dead-letter queue. */
    static final int MAX_RECEIVE_COUNT = 100;

    private final SQSRestServer server;

    private LocalQueues(SQSRestServer server) {
        this.server = server;
    }

    /** Starts the server on a port, without queues. */
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

    /** Returns the URL of a queue, which need not exist yet. */
    static String url(int port, String name) {
        return "http://127.0.0.1:" + port + "/" + LocalAws.ACCOUNT + "/" + name;
    }

    /** Returns the ARN of a queue. */
    static String arn(String name) {
        return "arn:aws:sqs:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":" + name;
    }

    /** Creates a queue and its dead-letter queue. */
    static void create(SqsClient client, String name, Duration visibility) {
        client.createQueue(q -> q.queueName(name + DEAD_LETTER_SUFFIX));
        var redrive = Json.write(
                Map.of("deadLetterTargetArn", arn(name + DEAD_LETTER_SUFFIX), "maxReceiveCount", MAX_RECEIVE_COUNT));
        client.createQueue(q -> q.queueName(name)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "" + visibility.toSeconds(),
                        QueueAttributeName.REDRIVE_POLICY,
                        redrive)));
    }

    /** Counts the messages on a queue. */
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

    /**
     * The number of messages on a queue.
     *
     * @param ready messages that can be received
     * @param inFlight received messages that are still hidden
     * @param delayed messages that can't be received yet
     */
    record Depth(long ready, long inFlight, long delayed) {
        long total() {
            return ready + inFlight + delayed;
        }
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
