package dk.underret.faults;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Writes {@code report.md}: the injected faults, their effects, and the command that replays the run.
 *
 * @param folder the run's folder, with the files that {@link FaultAudit} wrote
 * @param feedback whether the functions processed SES's events
 * @param seconds the time from the start to the last event
 */
record FaultReport(FaultRun.Plan plan, Path folder, boolean feedback, double seconds) {
    /** The label of each fault. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("SIGKILL", "sender killed by SIGKILL"),
            Map.entry("MESSAGE_TWICE", "chunk's message delivered twice"),
            Map.entry("CLAIM_ANSWER_LOST", "DynamoDB's answer to a claim lost"),
            Map.entry("SETTLE_ANSWER_LOST", "DynamoDB's answer to a settle or an event's update lost"),
            Map.entry("OTHER_ANSWER_LOST", "another answer of DynamoDB lost"),
            Map.entry("THROTTLED", "SES throttled"),
            Map.entry("STALL", "SES accepted, then did not answer"),
            Map.entry("RESET", "SES accepted, then reset the connection"),
            Map.entry("END_OF_STREAM", "SES accepted, then ended the connection"),
            Map.entry("CUT_200", "SES accepted, and cut its answer"),
            Map.entry("GARBAGE_200", "SES accepted, and answered 200 with invalid JSON"),
            Map.entry("ERROR_500", "SES accepted, and answered 500"),
            Map.entry("ERROR_503", "SES accepted, and answered 503"));

    /** Returns the report as Markdown. */
    String text() throws IOException {
        return """
                # Fault run

                %,d recipients, seed %d, %.0f s, senders killed every %.1f s on average. %s

                Replay: `mvn -Pfaults verify -Drecipients=%d -Dseed=%d`. The seed determines the list, SES's treatment of each letter, \
                the intervals between kills and the choice of senders, the repeated messages and the delay of events. It doesn't \
                determine which letters are in flight at a kill.

                Machine: %s

                | fault | injected | letters affected | survived | lost | accepted twice |
                |---|---:|---:|---:|---:|---:|
                %s

                A letter affected by a fault has survived if its row is accounted for and SES accepted it at most once.

                | counted from list, journal and table scans | found | expected |
                |---|---:|---:|
                %s
                """.formatted(
                        plan.recipients(),
                        plan.seed(),
                        seconds,
                        plan.killInterval().toMillis() / 1e3,
                        feedback
                                ? "SES's events were up to 5 s late, in any order, and 5 % of them were repeated."
                                : "SES's events were not processed, so an UNKNOWN letter stays UNKNOWN.",
                        plan.recipients(),
                        plan.seed(),
                        machine(),
                        faults(),
                        figures());
    }

    private String faults() throws IOException {
        return rows("faults.csv")
                .map(row -> "| " + LABELS.getOrDefault(row.get(0), row.get(0)) + " | "
                        + row.stream().skip(1).collect(Collectors.joining(" | ")) + " |")
                .collect(Collectors.joining("\n"));
    }

    private String figures() throws IOException {
        return rows("count.csv")
                .map(row -> "| " + row.stream().collect(Collectors.joining(" | ")) + " |")
                .collect(Collectors.joining("\n"));
    }

    private java.util.stream.Stream<CSVRecord> rows(String file) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var records = format.parse(Files.newBufferedReader(folder.resolve(file)))) {
            return List.copyOf(records.getRecords()).stream();
        }
    }

    private static String machine() throws IOException {
        var cores = Runtime.getRuntime().availableProcessors();
        var info = Path.of("/proc/cpuinfo");
        var model = !Files.exists(info)
                ? System.getProperty("os.arch")
                : Files.readAllLines(info, StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores, %s, %.0f GiB, %s, Java %s (%s); load at the end %.1f",
                cores,
                model,
                (double) system.getTotalMemorySize() / (1 << 30),
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                system.getSystemLoadAverage());
    }
}
