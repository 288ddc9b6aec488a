package dk.underret.local;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the functions' output to {@code log.jsonl}, one JSON object per line. Wraps a line that is not JSON in an object. */
final class Log implements AutoCloseable {
    private final BufferedWriter writer;
    private long lines;

    Log(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    /** Writes a line that a function printed. Ignores blank lines. */
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

    /** Returns the number of lines written. */
    synchronized long lines() {
        return lines;
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
