package dk.underret.aws;

import dk.underret.run.Work;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** {@link Work} on SQS: batches of ten; what a batch's answer refuses is sent again, only that. */
public final class SqsWork implements Work {
    private static final int BATCH = 10;
    /** Sends of one message; a queue that still refuses it is worth a retry of the whole event. */
    private static final int SENDS = 5;

    private final SqsClient sqs;
    private final String queueUrl;

    /** Onto this queue. */
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
     * The same of messages of any kind.
     *
     * @param run whose they are, for the message of what is thrown
     */
    void enqueue(String run, List<String> bodies, Duration delay) {
        for (int from = 0; from < bodies.size(); from += BATCH)
            send(run, bodies.subList(from, Math.min(from + BATCH, bodies.size())), delay);
    }

    private void send(String run, List<String> batch, Duration delay) {
        var left = batch;
        for (int sends = 0; sends < SENDS && !left.isEmpty(); sends++) left = refused(left, delay);
        if (!left.isEmpty())
            throw new IllegalStateException(
                    "queue refused " + left.size() + " messages of run " + run + " " + SENDS + " times");
    }

    private List<String> refused(List<String> batch, Duration delay) {
        var entries = IntStream.range(0, batch.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(batch.get(i))
                        .delaySeconds((int) delay.toSeconds())
                        .build())
                .toList();
        var answer = sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries));
        var refused = new ArrayList<String>();
        for (var failure : answer.failed()) refused.add(batch.get(Integer.parseInt(failure.id())));
        return refused;
    }

    /** {@code {"run":"…","chunk":0,"next_row":0,"idle_hops":0}}; a run's id is hexadecimal and needs no escaping. */
    private static String json(WorkMessage message) {
        return "{\"run\":\"%s\",\"chunk\":%d,\"next_row\":%d,\"idle_hops\":%d}"
                .formatted(message.run(), message.chunk(), message.nextRow(), message.idleHops());
    }
}
