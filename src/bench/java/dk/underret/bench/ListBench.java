package dk.underret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * Measures Intake's reading, checking and chunking of a list in a heap of 64 MB. The reference is a bare scan of the same bytes.
 */
final class ListBench {
    private static final double NANOS = 1e9;

    private ListBench() {}

    static List<Figure> figures(int rows) throws IOException, InterruptedException {
        var file = SampleList.write(Bench.FOLDER.resolve("list.csv"), rows);
        var megabytes = Files.size(file) / 1e6;
        // The garbage collector that Lambda chooses for a function with one processor.
        var measured = Child.run(
                List.of("-Xmx64m", "-XX:+UseSerialGC"), ListRun.class, Map.of(), file.toString(), String.valueOf(rows));
        var scan = measured.get("scan_ns").asDouble() / NANOS;
        var hash = measured.get("hashing_ns").asDouble() / NANOS;
        var name = "list of " + rows + " rows (" + Math.round(megabytes) + " MB) at -Xmx64m";
        return List.of(
                new Figure(
                        name + ", warm",
                        measured.get("list_ns").asDouble() / NANOS,
                        "s CPU",
                        "bare quote-aware scan",
                        scan,
                        "<= 3.0 x"),
                new Figure(
                        "the same, first list of a process",
                        measured.get("first_list_ns").asDouble() / NANOS,
                        "s CPU",
                        "first bare scan",
                        measured.get("first_scan_ns").asDouble() / NANOS,
                        "includes the compiler's time"),
                new Figure(
                        "of which hashing that the design requires",
                        hash,
                        "s CPU",
                        "bare quote-aware scan",
                        scan,
                        "none"),
                Figure.alone("chunks written", measured.get("chunk_bytes").asDouble() / 1e6, "MB", "none"),
                Figure.alone(
                        "garbage collection per pass",
                        measured.get("collecting_ms").asDouble() / 1e3,
                        "s",
                        "none"),
                Figure.alone("heap size", measured.get("heap_bytes").asDouble() / 1e6, "MB", "64 MiB"));
    }
}
