package dk.underret.local;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code log.jsonl}: what the functions print, one JSON object a line; a line of another kind is wrapped into one. */
final class Log implements AutoCloseable {
    private final BufferedWriter writer;
    private long lines;

    Log(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    /** Writes a line of a function. */
    synchronized void line(String function, String line) {
        if (line.isBlank()) return;
        try {
            writer.write(line.startsWith("{") ? line : Json.write(Map.of("function", function, "line", line)));
            writer.write('\n');
            writer.flush();
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many lines there are. */
    synchronized long lines() {
        return lines;
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
