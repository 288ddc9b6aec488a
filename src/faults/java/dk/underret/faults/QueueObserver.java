package dk.underret.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.local.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Observes the messages that the functions enqueue. Writes their texts to a file for the audit, and enqueues some a second time.
 */
final class QueueObserver implements FaultProxy.Observer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The number of first messages of which one is always repeated, because a short run has few. */
    private static final int FIRST_MESSAGES = 4;

    private final InjectedFaults injectedFaults;
    private final Path texts;
    private final Consumer<String> enqueue;
    private final double share;
    private final SplittableRandom random;
    private final int firstRepeated;
    private long seen;
    private long repeated;

    /**
     * Creates an observer.
     *
     * @param texts the file of the messages' texts, one per line
     * @param enqueue puts a message on the queue
     * @param share the share of messages to repeat
     */
    QueueObserver(InjectedFaults injectedFaults, Path texts, Consumer<String> enqueue, double share, long seed) {
        this.injectedFaults = injectedFaults;
        this.texts = texts;
        this.enqueue = enqueue;
        this.share = share;
        this.random = new SplittableRandom(seed);
        this.firstRepeated = 1 + random.nextInt(FIRST_MESSAGES);
    }

    @Override
    public void onRequest(String operation, byte[] body) {}

    /** Enqueues a copy directly after its message, so that two senders process a chunk at the same time. */
    @Override
    public synchronized boolean dropsResponse(String operation, byte[] body) {
        if (!operation.startsWith("SendMessage")) return false;
        try {
            var request = JSON.readTree(body);
            if (request.has("MessageBody")) observe(request);
            for (var entry : request.path("Entries")) observe(entry);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void observe(JsonNode message) throws IOException {
        var text = message.path("MessageBody").asText();
        Files.writeString(texts, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (random.nextDouble() >= share && ++seen != firstRepeated) return;
        injectedFaults.write(
                InjectedFaults.MESSAGE_TWICE,
                ++repeated,
                "",
                JSON.readTree(text).path("chunk").asText());
        enqueue.accept(text);
    }
}
