package dk.underret.local;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FactsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Uploads incidents and lists to a local AWS with the shipped functions, and waits for the results. */
final class UploadDriver implements AutoCloseable {
    static final String BMW = "databeskyttelse@finans.example";
    static final String KOMIT = "persondata@elverhoejfriskole.example";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final LocalAws aws;

    private UploadDriver(LocalAws aws) {
        this.aws = aws;
    }

    /** Starts a local AWS that sends 2,000 letters per second and has short timeouts. */
    static UploadDriver start(Path folder, UnaryOperator<Parameters> configure) throws Exception {
        var parameters = Parameters.of(folder, Path.of(System.getProperty("function.directory", "target/function")))
                .ses(new SimulatedSes.Account(2_000, -1, java.util.Set.of()))
                .times(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .environment(Map.of("SENDER_ADDRESSES", BMW + "," + KOMIT));
        return new UploadDriver(LocalAws.start(configure.apply(parameters)));
    }

    LocalAws aws() {
        return aws;
    }

    /** Creates an incident from a sample's facts and letter, with some facts changed. */
    void incident(String id, String sample, Map<String, Object> changed) throws Exception {
        var folder = Path.of("events", sample);
        var facts = new LinkedHashMap<>(
                FactsJson.parse(Files.readAllBytes(folder.resolve("incident.json")), "incident.json"));
        facts.put("letter", sample);
        facts.putAll(changed);
        aws.putFacts(id, "incident", facts);
        aws.upload("letters/" + sample + "/da.hbs", Files.readAllBytes(folder.resolve("da.hbs")));
    }

    /** Uploads a list and waits until its run has ended. */
    RunResult send(String incident, String list) throws IOException {
        return await(upload(incident, list));
    }

    /** Uploads a list and returns the object's version. */
    String upload(String incident, String list) {
        return aws.upload("incidents/" + incident + "/list.csv", list.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until the run of an uploaded list has ended. */
    RunResult await(String version) throws IOException {
        var end = new ProgressWatch(aws, TIMEOUT).await(version, progress -> {});
        assertThat(end.finished()).as("stalled at " + end.last()).isTrue();
        var report = RunReport.write(aws, end, new ResultFinding.Files("list.csv", "incident.json", "da.hbs"));
        return new RunResult(end.run().orElseThrow(), report);
    }

    /** Returns the accepted letters to addresses of a domain, in order. */
    List<Journal.Message> letters(String domain) throws IOException {
        return aws.journal().stream()
                .filter(message -> message.to().getFirst().endsWith("@" + domain))
                .toList();
    }

    /** Returns the send records of an incident's notice {@code main}, by row. */
    List<Map<String, Object>> records(String incident) {
        var found = new ArrayList<>(new RunOutput(aws)
                .sends().stream()
                        .filter(send -> ((String) send.get("notice")).matches(incident + "/main(#.)?"))
                        .toList());
        found.sort(java.util.Comparator.comparing(send -> new java.math.BigDecimal(String.valueOf(send.get("row")))));
        return found;
    }

    /** Waits until a condition holds. */
    static void awaitUntil(String description, BooleanSupplier condition) {
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("condition not met within 60 s: " + description)
                    .isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Generates a list of people with addresses at a domain, numbered from {@code from} to {@code to - 1}. */
    static String people(String domain, int from, int to) {
        var list = new StringBuilder("email,name\n");
        for (int i = from; i < to; i++) list.append("p%d@%s,Åse Prøve %d\n".formatted(i, domain, i));
        return list.toString();
    }

    @Override
    public void close() throws Exception {
        aws.close();
    }

    /**
     * The result of a list.
     *
     * @param run item of the run
     */
    record RunResult(Map<String, Object> run, RunReport report) {
        String id() {
            return (String) run.get("run_id");
        }

        String status() {
            return report.status();
        }

        /** Returns for example {@code 3 rows = 3 accepted}. */
        String totals() {
            return report.totals().line();
        }

        Optional<String> finding(String code) {
            return report.findings().stream()
                    .filter(found -> found.code().equals(code))
                    .map(found -> found.row() + " " + found.column())
                    .findFirst();
        }
    }
}
