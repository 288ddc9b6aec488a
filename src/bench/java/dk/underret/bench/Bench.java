package dk.underret.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the figures, prints each beside its reference and writes them to {@code target/bench/<name>.json}. System properties:
 * {@code rows} (of the list), {@code recipients} (of the sender), {@code figures} (names, separated by commas; default: all),
 * {@code function.directory} (the build's output).
 */
public final class Bench {
    static final Path FOLDER = Path.of("target", "bench");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;

    private Bench(PrintStream out) {
        this.out = out;
    }

    private interface Measurement {
        List<Figure> figures() throws Exception;
    }

    /** Runs the benchmark. Exits with 1 if it fails. */
    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // DynamoDB Local and ElasticMQ print to these.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        Files.createDirectories(FOLDER);
        var status = 0;
        try {
            new Bench(out).run();
        } catch (Exception e) {
            e.printStackTrace(out);
            status = 1;
        }
        // The simulators leave threads running.
        System.exit(status);
    }

    private void run() throws Exception {
        var function = Path.of(System.getProperty("function.directory", "target/function"));
        var all = new LinkedHashMap<String, Measurement>();
        all.put("artefact", () -> Artefact.figures(function));
        all.put("letter", LetterBench::figures);
        all.put("list", () -> ListBench.figures(Integer.getInteger("rows", 1_000_000)));
        all.put("sender", () -> SenderBench.figures(Integer.getInteger("recipients", 10_000), function));
        var wanted = System.getProperty("figures", "").isBlank()
                ? List.copyOf(all.keySet())
                : List.of(System.getProperty("figures").split(","));
        var begun = System.nanoTime();
        for (var name : wanted) show(name, all.get(name).figures());
        out.printf("%n  %d s; target/bench/*.json%n", (System.nanoTime() - begun) / 1_000_000_000);
    }

    private void show(String name, List<Figure> figures) throws IOException {
        out.println("\n" + name);
        figures.stream().map(Figure::line).forEach(out::println);
        var written = new ArrayList<Map<String, Object>>();
        for (var figure : figures) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("what", figure.what());
            fields.put("value", figure.value());
            fields.put("unit", figure.unit());
            fields.put("reference", figure.reference());
            fields.put("reference_value", figure.referenceValue());
            fields.put("ratio", figure.ratio());
            fields.put("goal", figure.goal());
            written.add(fields);
        }
        JSON.writeValue(FOLDER.resolve(name + ".json").toFile(), written);
    }
}
