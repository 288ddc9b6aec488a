package dk.underret.local;

import dk.underret.local.Journal.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The SNS topic for SES events, with one subscribed queue. Delivery is not raw: each message has SNS's envelope. */
final class SnsTopic implements SesEvents {
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String queue;
    private final EventDisorder disorder;
    private final SplittableRandom random;
    private final BlockingQueue<Message> pending = new LinkedBlockingQueue<>();
    private final Thread publisher;
    private volatile long published;
    private volatile long received;

    SnsTopic(SqsClient sqs, String queue) {
        this(sqs, queue, EventDisorder.NONE);
    }

    SnsTopic(SqsClient sqs, String queue, EventDisorder disorder) {
        this.sqs = sqs;
        this.queue = queue;
        this.disorder = disorder;
        this.random = new SplittableRandom(disorder.seed());
        publisher = Thread.ofVirtual().name("topic").start(this::publish);
    }

    @Override
    public synchronized void accepted(Message message) {
        received++;
        pending.add(message);
    }

    /** Returns whether every event is on the queue. */
    boolean drained() {
        return published == received;
    }

    @Override
    public void close() {
        publisher.interrupt();
    }

    private void publish() {
        try {
            while (true) {
                var messages = new ArrayList<Message>();
                messages.add(pending.take());
                pending.drainTo(messages, 100);
                send(messages.stream()
                        .flatMap(SesEvent::of)
                        .flatMap(this::withDuplicate)
                        .toList());
                published += messages.size();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stream<String> withDuplicate(String event) {
        return random.nextDouble() < disorder.duplicateShare() ? Stream.of(event, event) : Stream.of(event);
    }

    private void send(java.util.List<String> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            var entries = events.subList(from, Math.min(events.size(), from + BATCH)).stream()
                    .map(event -> SendMessageBatchRequestEntry.builder()
                            .id(UUID.randomUUID().toString())
                            .messageBody(envelope(event))
                            .delaySeconds(random.nextInt(disorder.maxDelaySeconds() + 1))
                            .build())
                    .toList();
            sqs.sendMessageBatch(batch -> batch.queueUrl(queue).entries(entries));
        }
    }

    private static String envelope(String event) {
        var arn = "arn:aws:sns:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":ses-events";
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("Type", "Notification");
        envelope.put("MessageId", UUID.randomUUID().toString());
        envelope.put("TopicArn", arn);
        envelope.put("Subject", "Amazon SES Email Event Notification");
        envelope.put("Message", event);
        envelope.put("Timestamp", Instant.now().toString());
        envelope.put("SignatureVersion", "1");
        envelope.put("Signature", "bG9jYWw=");
        envelope.put("SigningCertURL", "https://sns." + LocalAws.REGION + ".amazonaws.com/local.pem");
        envelope.put("UnsubscribeURL", "https://sns." + LocalAws.REGION + ".amazonaws.com/?Action=Unsubscribe");
        return Json.write(envelope);
    }
}
