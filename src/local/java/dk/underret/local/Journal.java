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

/**
 * Every message that the simulated SES accepted, in order: {@code journal.jsonl}, and each message as HTML and text beside it. Every
 * time it misbehaved: {@code misbehaved.csv}.
 */
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
    private final FileChannel misbehaved;
    private final boolean letters;
    private long count;

    private Journal(Path folder, boolean letters, long count) throws IOException {
        this.folder = folder;
        this.file = append(folder.resolve("journal.jsonl"));
        this.misbehaved = append(folder.resolve("misbehaved.csv"));
        this.letters = letters;
        this.count = count;
    }

    /** Opens the journal of a folder, behind what it holds already. */
    static Journal open(Path folder) throws IOException {
        return open(folder, true);
    }

    /**
     * Opens the journal of a folder, behind what it holds already.
     *
     * @param letters whether each message is written as HTML and text too
     */
    static Journal open(Path folder, boolean letters) throws IOException {
        Files.createDirectories(folder);
        return new Journal(folder, letters, read(folder).size());
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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
        write(file, Json.write(message));
        count++;
        if (!letters) return;
        var name = String.format("%06d", count);
        Files.writeString(folder.resolve(name + ".html"), message.html());
        Files.writeString(folder.resolve(name + ".txt"), "Subject: " + message.subject() + "\n\n" + message.text());
    }

    /** Writes that a message to an address is not treated well: the time, what is done to it, the address. */
    synchronized void misbehaves(Misbehaviour how, String to) throws IOException {
        write(misbehaved, now() + "," + how + "," + to);
    }

    private static void write(FileChannel file, String line) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) file.write(bytes);
    }

    /** How many messages were accepted. */
    synchronized long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
        misbehaved.close();
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
