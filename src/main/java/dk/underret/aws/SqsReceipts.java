package dk.underret.aws;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Messages that were received from a queue and not yet deleted. */
public final class SqsReceipts implements AutoCloseable {
    private final SqsClient sqs;
    private final String queueUrl;

    /** Creates receipts of a queue. Closing them closes the client. */
    public SqsReceipts(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * Makes a message visible again after a delay, instead of after the queue's visibility timeout.
     *
     * @param receipt the message's receipt handle
     * @param delay from 0 to 12 hours, in whole seconds
     */
    public void retryAfter(String receipt, Duration delay) {
        sqs.changeMessageVisibility(request ->
                request.queueUrl(queueUrl).receiptHandle(receipt).visibilityTimeout((int) delay.toSeconds()));
    }

    @Override
    public void close() {
        sqs.close();
    }
}
