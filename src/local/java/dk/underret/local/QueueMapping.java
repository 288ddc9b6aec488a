package dk.underret.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * An event source mapping from a queue to a function, with one poller per instance. It deletes the messages that the function
 * processed and makes the failed ones visible again after a delay. If loop detection stops an invocation, its messages go to the
 * dead-letter queue.
 */
final class QueueMapping implements AutoCloseable {
    private final SqsClient sqs;
    private final String queue;
    private final String deadLetterQueue;
    private final Function function;
    private final int batchSize;
    private final Duration retryAfter;
    private final List<Thread> pollers = new ArrayList<>();

    /**
     * Creates a mapping and starts to poll.
     *
     * @param queue URL of the queue, from which the URL of its dead-letter queue is derived
     * @param batchSize maximum number of messages per invocation
     * @param retryAfter delay before a failed message is visible again, in whole seconds
     */
    QueueMapping(SqsClient sqs, String queue, Function function, int batchSize, Duration retryAfter) {
        this.sqs = sqs;
        this.queue = queue;
        this.deadLetterQueue = queue + LocalQueues.DEAD_LETTER_SUFFIX;
        this.function = function;
        this.batchSize = batchSize;
        this.retryAfter = retryAfter;
        for (int i = 0; i < function.spec().instances(); i++)
            pollers.add(Thread.ofVirtual().name("poller-" + i).start(this::poll));
    }

    @Override
    public void close() {
        pollers.forEach(Thread::interrupt);
    }

    private void poll() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var messages = sqs.receiveMessage(r -> r.queueUrl(queue)
                                .maxNumberOfMessages(batchSize)
                                .waitTimeSeconds(1)
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                        .messages();
                if (!messages.isEmpty()) deliver(messages);
            } catch (InterruptedException e) {
                return;
            } catch (IOException | SdkException e) {
                // The queue or function is closing, or the queue is busy. SQS delivers the messages again.
                if (Thread.currentThread().isInterrupted()) return;
                Thread.yield();
            }
        }
    }

    private void deliver(List<Message> messages) throws InterruptedException, IOException {
        var trace = TraceHeader.of(messages.stream()
                .map(m -> m.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER))
                .filter(java.util.Objects::nonNull)
                .findFirst());
        switch (function.invoke(Json.write(Map.of("Records", records(messages))).getBytes(), trace)) {
            case Invocation.Returned returned -> handleResponse(messages, returned.text());
            case Invocation.Failed ignored -> messages.forEach(this::retryLater);
            case Invocation.Stopped ignored -> {
                messages.forEach(
                        m -> sqs.sendMessage(s -> s.queueUrl(deadLetterQueue).messageBody(m.body())));
                delete(messages);
            }
        }
    }

    private void handleResponse(List<Message> messages, String answer) {
        var failed = new HashSet<String>();
        JsonNode failures = answer.isBlank() ? Json.read("{}") : Json.read(answer);
        failures.path("batchItemFailures")
                .forEach(f -> failed.add(f.path("itemIdentifier").asText()));
        var kept = messages.stream().filter(m -> failed.contains(m.messageId())).toList();
        kept.forEach(this::retryLater);
        delete(messages.stream().filter(m -> !kept.contains(m)).toList());
    }

    private void delete(List<Message> messages) {
        if (messages.isEmpty()) return;
        var entries = messages.stream()
                .map(m -> DeleteMessageBatchRequestEntry.builder()
                        .id(m.messageId())
                        .receiptHandle(m.receiptHandle())
                        .build())
                .toList();
        sqs.deleteMessageBatch(d -> d.queueUrl(queue).entries(entries));
    }

    private void retryLater(Message message) {
        sqs.changeMessageVisibility(
                c -> c.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout((int)
                        retryAfter.toSeconds()));
    }

    private List<Map<String, Object>> records(List<Message> messages) {
        return messages.stream().map(this::record).toList();
    }

    private Map<String, Object> record(Message message) {
        var record = new LinkedHashMap<String, Object>();
        record.put("messageId", message.messageId());
        record.put("receiptHandle", message.receiptHandle());
        record.put("body", message.body());
        record.put("attributes", message.attributesAsStrings());
        record.put("messageAttributes", Map.of());
        record.put("md5OfBody", message.md5OfBody());
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", LocalQueues.arn(queue.substring(queue.lastIndexOf('/') + 1)));
        record.put("awsRegion", LocalAws.REGION);
        return record;
    }
}
