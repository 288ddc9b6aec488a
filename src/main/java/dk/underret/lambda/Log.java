package dk.underret.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one JSON object per line: {@code {"at":"2026-03-01T08:00:00.000Z","event":"chunk_settled","run":"…"}}. Fields are ids, row
 * numbers, codes and counts; never a value from a list, an SDK request or a raw event.
 */
public final class Log {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final PrintStream out;
    private final Clock clock;

    /** Creates a log that writes to {@code out}, which encodes UTF-8, with the time of {@code clock}. */
    public Log(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Returns a log on standard output, which Lambda sends to CloudWatch. */
    public static Log standard() {
        return new Log(new PrintStream(System.out, true, StandardCharsets.UTF_8), Clock.systemUTC());
    }

    /**
     * Writes a line from which CloudWatch extracts metrics (embedded metric format:
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
     *
     * @param namespace the metrics' namespace in CloudWatch
     * @param dimension the field whose value separates the metrics of different functions
     * @param metrics the fields that are metrics, each with the unit Count
     */
    public void metrics(String event, String namespace, String dimension, List<String> metrics, Map<String, ?> fields) {
        var directive = Map.of(
                "Namespace", namespace,
                "Dimensions", List.of(List.of(dimension)),
                "Metrics",
                        metrics.stream()
                                .map(name -> Map.of("Name", name, "Unit", "Count"))
                                .toList());
        var all = new LinkedHashMap<String, Object>(fields);
        all.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
        event(event, all);
    }

    /**
     * Writes a line.
     *
     * @param event the event's name, in snake_case
     * @param fields strings, numbers, booleans, and lists and maps of them; written in their order
     */
    public void event(String event, Map<String, ?> fields) {
        var line = new LinkedHashMap<String, Object>();
        line.put("at", MILLISECONDS.format(clock.instant()));
        line.put("event", event);
        line.putAll(fields);
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
