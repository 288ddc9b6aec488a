package dk.underret.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Every message that the simulated SES accepted, in order: {@code journal.jsonl}, and each message as HTML and text beside it. */
public final class Journal implements AutoCloseable {
    /**
     * A message as it was accepted.
     *
     * @param at ISO 8601, UTC
     * @param from as it was sent, with its name
     * @param to bare addresses
     */
    public record Message(
            String messageId,
            String at,
            String from,
            List<String> to,
            String subject,
            String text,
            String html,
            Map<String, String> headers,
            Map<String, String> tags) {
        /** Names the message only. */
        @Override
        public String toString() {
            return "message " + messageId;
        }
    }

    private final Path folder;
    private final FileChannel file;
    private long count;

    private Journal(Path folder, FileChannel file, long count) {
        this.folder = folder;
        this.file = file;
        this.count = count;
    }

    /** Opens the journal of a folder, behind what it holds already. */
    static Journal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var path = folder.resolve("journal.jsonl");
        var file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new Journal(folder, file, read(folder).size());
    }

    /** The messages in a folder's journal, in order. */
    public static List<Message> read(Path folder) throws IOException {
        var path = folder.resolve("journal.jsonl");
        if (!Files.exists(path)) return List.of();
        try (var lines = Files.lines(path)) {
            return lines.filter(line -> !line.isBlank()).map(Journal::message).toList();
        }
    }

    /** Writes a message; when this returns, the operating system has it, whatever becomes of this process. */
    synchronized void write(Message message) throws IOException {
        var line = ByteBuffer.wrap((Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) file.write(line);
        count++;
        var name = String.format("%06d", count);
        Files.writeString(folder.resolve(name + ".html"), message.html());
        Files.writeString(folder.resolve(name + ".txt"), "Subject: " + message.subject() + "\n\n" + message.text());
    }

    /** How many messages were accepted. */
    synchronized long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static Message message(String line) {
        try {
            return Json.MAPPER.readValue(line, Message.class);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** When something was accepted, as the journal writes it. */
    static String now() {
        return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    }
}
