package dk.underret.localstack;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The stack's dispatch queue. Until it is closed, its limit is one receive instead of 100: a message that Dispatch can't process is
 * retried after 30 s and then moves to the dead-letter queue.
 */
final class DispatchQueue implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final SqsClient sqs;
    private final String queue;
    private final String deadLetters;
    private final Map<QueueAttributeName, String> originalAttributes;

    private DispatchQueue(Stack stack) {
        sqs = stack.localStack().sqs();
        queue = stack.output("DispatchQueueUrl");
        deadLetters = stack.output("DispatchDeadLettersUrl");
        originalAttributes = sqs.getQueueAttributes(
                        request -> request.queueUrl(queue).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes();
    }

    static DispatchQueue withOneReceive(Stack stack) {
        var dispatch = new DispatchQueue(stack);
        var arn = LocalStack.json(dispatch.originalAttributes.get(QueueAttributeName.REDRIVE_POLICY))
                .path("deadLetterTargetArn")
                .asText();
        dispatch.set(Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}".formatted(arn)));
        return dispatch;
    }

    @Override
    public void close() {
        set(originalAttributes);
        sqs.close();
    }

    void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    /** Waits until the dead-letter queue contains a message. */
    void awaitDeadLetter(Predicate<String> body) {
        Await.until(
                TIMEOUT,
                () -> sqs
                        .receiveMessage(request -> request.queueUrl(deadLetters)
                                .visibilityTimeout(0)
                                .maxNumberOfMessages(10))
                        .messages()
                        .stream()
                        .anyMatch(message -> body.test(message.body())),
                () -> "no such message in the dead-letter queue");
    }

    private void set(Map<QueueAttributeName, String> attributes) {
        sqs.setQueueAttributes(request -> request.queueUrl(queue).attributes(attributes));
    }
}
