package dk.underret.faults;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code injected.csv}: every fault that the run put in, but those of the simulated SES, which keeps its own book. Columns: {@code
 * fault}, {@code at}, {@code number} (faults of a kind, from 1; one fault may touch several letters, a line each), {@code recipient}
 * and {@code chunk}, as far as it concerns them: all of a chunk, or of one recipient only where there is one. Thread-safe.
 */
final class InjectedFaults implements AutoCloseable {
    /**
     * A sender was ended by SIGKILL. The recipients are those whose claim was not settled then, whoever's it was; the dead sender's
     * are those of its chunk.
     */
    static final String KILL = "SIGKILL";
    /** The answer to a claim was lost. */
    static final String CLAIM_LOST = "CLAIM_ANSWER_LOST";
    /** The answer to a settle was lost. */
    static final String SETTLE_LOST = "SETTLE_ANSWER_LOST";
    /** The answer to another request to the tables was lost. */
    static final String OTHER_LOST = "OTHER_ANSWER_LOST";
    /** A chunk's message was put on the queue a second time. */
    static final String TWICE = "MESSAGE_TWICE";

    private final CSVPrinter csv;

    private InjectedFaults(Writer file) throws IOException {
        csv = new CSVPrinter(file, CSVFormat.DEFAULT);
        csv.printRecord("fault", "at", "number", "recipient", "chunk");
    }

    /** Starts the book. */
    static InjectedFaults open(Path file) throws IOException {
        return new InjectedFaults(Files.newBufferedWriter(file));
    }

    /** Writes down a fault, or one letter that it touches. */
    synchronized void write(String fault, long number, String recipient, String chunk) throws IOException {
        csv.printRecord(fault, Instant.now(), number, recipient, chunk);
        csv.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        csv.close();
    }
}
