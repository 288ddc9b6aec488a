package dk.underret.aws;

import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** {@link Work} on SQS, in batches of ten. Sends again only the messages that a batch response rejects. */
public final class SqsWork implements Work {
    private static final int BATCH_SIZE = 10;
    /** Attempts per message. If the queue still rejects it, the whole event is retried. */
    private static final int ATTEMPTS = 5;

    private final SqsClient sqs;
    private final String queueUrl;

    /** Creates work on the queue with this URL. */
    public SqsWork(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void enqueue(List<WorkMessage> messages, Duration delay) {
        if (messages.isEmpty()) return;
        enqueue(messages.getFirst().run(), messages.stream().map(SqsWork::json).toList(), delay);
    }

    /**
     * Enqueues messages of any kind.
     *
     * @param run the id of the messages' run, for the exception's message
     * @throws IllegalStateException if the queue rejects a message five times
     */
    void enqueue(String run, List<String> bodies, Duration delay) {
        for (int from = 0; from < bodies.size(); from += BATCH_SIZE)
            send(run, bodies.subList(from, Math.min(from + BATCH_SIZE, bodies.size())), delay);
    }

    private void send(String run, List<String> batch, Duration delay) {
        var remaining = batch;
        for (int attempts = 0; attempts < ATTEMPTS && !remaining.isEmpty(); attempts++)
            remaining = rejected(remaining, delay);
        if (!remaining.isEmpty())
            throw new IllegalStateException(
                    "the queue rejected " + remaining.size() + " messages of run " + run + " " + ATTEMPTS + " times");
    }

    private List<String> rejected(List<String> batch, Duration delay) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(batch.get(i))
                        .delaySeconds((int) delay.toSeconds())
                        .build())
                .toList();
        var response =
                sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        var rejected = new ArrayList<String>();
        for (var failure : response.failed()) rejected.add(batch.get(Integer.parseInt(failure.id())));
        return rejected;
    }

    /** Returns {@code {"run":"…","chunk":0,"next_row":0,"idle_hops":0}}. A run's id is hexadecimal and needs no escaping. */
    private static String json(WorkMessage message) {
        return "{\"run\":\"%s\",\"chunk\":%d,\"next_row\":%d,\"idle_hops\":%d}"
                .formatted(message.run(), message.chunk(), message.nextRow(), message.idleHops());
    }
}
