package dk.underret.faults;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes {@code injected.csv}, the log of injected faults. The simulated SES logs its own faults. The columns are {@code fault},
 * {@code at}, {@code number} (per kind of fault, from 1), {@code recipient} and {@code chunk}. A fault that affects several letters
 * has a line for each. A line with a chunk and no recipient concerns the whole chunk. Thread-safe.
 */
final class InjectedFaults implements AutoCloseable {
    /**
     * A sender was killed by SIGKILL. The recipients are those with an unsettled claim of any sender; those in the chunk are the
     * killed sender's.
     */
    static final String KILL = "SIGKILL";
    /** The answer to a claim was lost. */
    static final String CLAIM_LOST = "CLAIM_ANSWER_LOST";
    /** The answer to a settle was lost. */
    static final String SETTLE_LOST = "SETTLE_ANSWER_LOST";
    /** The answer to another request to the tables was lost. */
    static final String OTHER_LOST = "OTHER_ANSWER_LOST";
    /** A chunk's message was put on the queue a second time. */
    static final String MESSAGE_TWICE = "MESSAGE_TWICE";

    private final CSVPrinter csv;

    private InjectedFaults(Writer file) throws IOException {
        csv = new CSVPrinter(file, CSVFormat.DEFAULT);
        csv.printRecord("fault", "at", "number", "recipient", "chunk");
    }

    /** Creates the log. */
    static InjectedFaults open(Path file) throws IOException {
        return new InjectedFaults(Files.newBufferedWriter(file));
    }

    /** Records a fault, or one letter that it affects. */
    synchronized void write(String fault, long number, String recipient, String chunk) throws IOException {
        csv.printRecord(fault, Instant.now(), number, recipient, chunk);
        csv.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        csv.close();
    }
}
