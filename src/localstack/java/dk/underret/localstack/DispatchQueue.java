package dk.underret.localstack;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The stack's queue of chunks, in haste until it is closed: it gives a message up after one try instead of a hundred. Dispatch lets
 * one that can't be done come again after 30 s; then it goes to the dead letters.
 */
final class DispatchQueue implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final SqsClient sqs;
    private final String queue;
    private final String deadLetters;
    private final Map<QueueAttributeName, String> before;

    private DispatchQueue(Stack stack) {
        sqs = stack.localStack().sqs();
        queue = stack.output("DispatchQueueUrl");
        deadLetters = stack.output("DispatchDeadLettersUrl");
        before = sqs.getQueueAttributes(
                        request -> request.queueUrl(queue).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes();
    }

    static DispatchQueue hasty(Stack stack) {
        var hasty = new DispatchQueue(stack);
        var arn = LocalStack.json(hasty.before.get(QueueAttributeName.REDRIVE_POLICY))
                .path("deadLetterTargetArn")
                .asText();
        hasty.set(Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}".formatted(arn)));
        return hasty;
    }

    @Override
    public void close() {
        set(before);
        sqs.close();
    }

    void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    /** Waits until a message was given up. */
    void awaitDeadLetter(Predicate<String> body) {
        Await.until(
                PATIENCE,
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
