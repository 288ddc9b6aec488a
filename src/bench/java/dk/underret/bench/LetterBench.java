package dk.underret.bench;

import dk.underret.incident.FactsJson;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.PlainLetter;
import dk.underret.letter.PreparedLetter;
import dk.underret.letter.StockLetter;
import dk.underret.recipient.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the rendering of one letter in a warm JVM: subject, text and HTML of the KOMiT sample, for changing recipients. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LetterBench {
    private static final Path SAMPLE = Path.of("events", "komit");
    private static final int PEOPLE = 64;

    private final Recipient[] people = new Recipient[PEOPLE];
    private int next;
    private PreparedLetter prepared;
    private StockLetter stock;
    private PlainLetter plain;

    /** Runs the benchmarks, and returns the figures. */
    static List<Figure> figures() throws RunnerException {
        var options = new OptionsBuilder()
                .include(LetterBench.class.getName() + ".*")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        var micros = new LinkedHashMap<String, Double>();
        for (var result : new Runner(options).run()) {
            var primary = result.getPrimaryResult();
            micros.put(primary.getLabel(), primary.getScore());
        }
        return List.of(
                new Figure(
                        "one letter, warm (subject, text, HTML)",
                        micros.get("underret"),
                        "us",
                        "plain Handlebars",
                        micros.get("handlebars"),
                        "<= 0.22 x"),
                new Figure(
                        "the same",
                        micros.get("underret"),
                        "us",
                        "Handlebars and Markdown per letter",
                        micros.get("handlebarsAndMarkdown"),
                        "none"));
    }

    /** Reads the sample and compiles it for each of the benchmarks. */
    @Setup
    public void compile() throws Exception {
        var source = Files.readString(SAMPLE.resolve("da.hbs"));
        var facts = FactsJson.parse(Files.readAllBytes(SAMPLE.resolve("incident.json")), "incident.json");
        prepared = LetterTemplate.compile(new LetterSource("komit", "da", "v1", source))
                .prepare(facts);
        stock = new StockLetter(source, facts);
        plain = new PlainLetter(source, facts);
        for (var i = 0; i < PEOPLE; i++)
            people[i] = new Recipient(
                    i + 2,
                    Map.of("email", "p" + i + "@post.example", "name", "Åse Nørgaard " + i, "affected_data", ""));
    }

    private Recipient person() {
        next = (next + 1) % PEOPLE;
        return people[next];
    }

    /** Renders a letter as Dispatch does. */
    @Benchmark
    public Letter underret() {
        return prepared.render(person());
    }

    /** Renders three templates with plain Handlebars. */
    @Benchmark
    public List<String> handlebars() throws IOException {
        return stock.render(person());
    }

    /** Renders the letter with Handlebars, then with Markdown, for each recipient. */
    @Benchmark
    public Letter handlebarsAndMarkdown() {
        return plain.render(person());
    }
}
