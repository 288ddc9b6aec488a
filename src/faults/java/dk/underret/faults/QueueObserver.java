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

/** Sees every message that the functions put on a queue: keeps its text for the count, and has some delivered twice. */
final class QueueObserver implements FaultProxy.Eye {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One of so many messages at the start comes twice in any case: a short run has few. */
    private static final int FIRST = 4;

    private final InjectedFaults injected;
    private final Path texts;
    private final Consumer<String> again;
    private final double share;
    private final SplittableRandom dice;
    private final int surely;
    private long seen;
    private long twice;

    /**
     * An eye.
     *
     * @param texts file of the messages' texts, a line each
     * @param again puts a message on the queue once more
     * @param share of messages that come twice
     */
    QueueObserver(InjectedFaults injected, Path texts, Consumer<String> again, double share, long seed) {
        this.injected = injected;
        this.texts = texts;
        this.again = again;
        this.share = share;
        this.dice = new SplittableRandom(seed);
        this.surely = 1 + dice.nextInt(FIRST);
    }

    @Override
    public void asked(String operation, byte[] body) {}

    /** Copies follow their message at once, so that two senders work on one chunk at the same time. */
    @Override
    public synchronized boolean loses(String operation, byte[] body) {
        if (!operation.startsWith("SendMessage")) return false;
        try {
            var asked = JSON.readTree(body);
            if (asked.has("MessageBody")) seen(asked);
            for (var entry : asked.path("Entries")) seen(entry);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void seen(JsonNode message) throws IOException {
        var text = message.path("MessageBody").asText();
        Files.writeString(texts, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (dice.nextDouble() >= share && ++seen != surely) return;
        injected.write(
                InjectedFaults.TWICE,
                ++twice,
                "",
                JSON.readTree(text).path("chunk").asText());
        again.accept(text);
    }
}
