package dk.underret.aws;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Messages that were received from a queue and are not done with. */
public final class SqsReceipts implements AutoCloseable {
    private final SqsClient sqs;
    private final String queueUrl;

    /** Of this queue; the client is closed with it. */
    public SqsReceipts(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * Lets a message be received again after so long, whatever the queue's visibility timeout says.
     *
     * @param receipt its receipt handle
     * @param after 0 to 12 hours
     */
    public void back(String receipt, Duration after) {
        sqs.changeMessageVisibility(request ->
                request.queueUrl(queueUrl).receiptHandle(receipt).visibilityTimeout((int) after.toSeconds()));
    }

    @Override
    public void close() {
        sqs.close();
    }
}
