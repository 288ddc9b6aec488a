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
 * Records the messages that the simulated SES accepts, in order, in {@code journal.jsonl}, and each message as HTML and text beside
 * it. Records its misbehaviour in {@code misbehaved.csv}.
 */
public final class Journal implements AutoCloseable {
    /**
     * An accepted message.
     *
     * @param at time of acceptance in UTC, ISO 8601
     * @param from sender's name and address as sent
     * @param to recipients' addresses without names
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
        /** Returns the message id, and nothing about the recipient. */
        @Override
        public String toString() {
            return "message " + messageId;
        }
    }

    private final Path folder;
    private final FileChannel file;
    private final FileChannel misbehaved;
    private final boolean writeLetters;
    private long count;

    private Journal(Path folder, boolean writeLetters, long count) throws IOException {
        this.folder = folder;
        this.file = append(folder.resolve("journal.jsonl"));
        this.misbehaved = append(folder.resolve("misbehaved.csv"));
        this.writeLetters = writeLetters;
        this.count = count;
    }

    /** Opens the journal of a folder and appends to it. */
    static Journal open(Path folder) throws IOException {
        return open(folder, true);
    }

    /**
     * Opens the journal of a folder and appends to it.
     *
     * @param writeLetters whether to write each message as HTML and text as well
     */
    static Journal open(Path folder, boolean writeLetters) throws IOException {
        Files.createDirectories(folder);
        return new Journal(folder, writeLetters, read(folder).size());
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Returns the messages of a folder's journal, in order. */
    public static List<Message> read(Path folder) throws IOException {
        var path = folder.resolve("journal.jsonl");
        if (!Files.exists(path)) return List.of();
        try (var lines = Files.lines(path)) {
            return lines.filter(line -> !line.isBlank()).map(Journal::message).toList();
        }
    }

    /** Appends a message. When this returns, the line survives a crash of this process. */
    synchronized void write(Message message) throws IOException {
        write(file, Json.write(message));
        count++;
        if (!writeLetters) return;
        var name = String.format("%06d", count);
        Files.writeString(folder.resolve(name + ".html"), message.html());
        Files.writeString(folder.resolve(name + ".txt"), "Subject: " + message.subject() + "\n\n" + message.text());
    }

    /** Appends the time, the misbehaviour and the recipient's address to {@code misbehaved.csv}. */
    synchronized void recordMisbehaviour(Misbehaviour how, String to) throws IOException {
        write(misbehaved, now() + "," + how + "," + to);
    }

    private static void write(FileChannel file, String line) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) file.write(bytes);
    }

    /** Returns the number of accepted messages. */
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

    /** Returns the current time in the journal's format. */
    static String now() {
        return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    }
}
