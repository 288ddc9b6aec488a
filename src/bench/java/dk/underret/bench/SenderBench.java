package dk.underret.bench;

import dk.underret.incident.FactsJson;
import dk.underret.local.FunctionSpec;
import dk.underret.local.LocalAws;
import dk.underret.local.Parameters;
import dk.underret.local.ProgressWatch;
import dk.underret.local.SimulatedSes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures the shipped sender in its own process, with the simulators in this one: the CPU time and the number of requests per
 * recipient. A {@link Counter} before each simulator counts the requests.
 */
final class SenderBench {
    private static final double MICROS = 1e3;
    private static final List<String> SERVICES = List.of("dynamodb", "s3", "sqs", "sesv2");
    private static final Set<FunctionSpec.Trigger> MEASURED_TRIGGERS =
            Set.of(FunctionSpec.Trigger.UPLOADS, FunctionSpec.Trigger.DISPATCH_QUEUE);
    private static final SimulatedSes.Account UNLIMITED = new SimulatedSes.Account(100_000, -1, Set.of());

    private final LocalAws aws;
    private final Map<String, Counter> counters;
    private final int recipients;

    private SenderBench(LocalAws aws, Map<String, Counter> counters, int recipients) {
        this.aws = aws;
        this.counters = counters;
        this.recipients = recipients;
    }

    static List<Figure> figures(int recipients, Path function) throws Exception {
        var counters = new TreeMap<String, Counter>();
        for (var service : SERVICES) counters.put(service, new Counter());
        // The template sets the compiler's highest level, the local AWS sets the lowest. This variable overrides both.
        var variables = new HashMap<>(
                Map.of("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4", "SENDER_ADDRESSES", CallsAlone.SENDER));
        counters.forEach((service, counter) -> variables.put(variable(service), counter.url()));
        var parameters = Parameters.of(Bench.FOLDER.resolve("aws"), function)
                .senders(1)
                .ses(UNLIMITED)
                .times(Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ofMinutes(5))
                .environment(variables);
        // Only Intake and Dispatch run. SES's events and the sweep would add their own cost later.
        var measuredFunctions = parameters.functions(
                parameters.classPath(),
                parameters.functions().stream()
                        .filter(spec -> MEASURED_TRIGGERS.contains(spec.trigger()))
                        .toList());
        try (var aws = LocalAws.start(measuredFunctions)) {
            aws.endpoints().forEach((service, url) -> {
                if (counters.containsKey(service)) counters.get(service).forwardTo(url);
            });
            return new SenderBench(aws, counters, recipients).figures();
        } finally {
            counters.values().forEach(Counter::close);
        }
    }

    private static String variable(String service) {
        return "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
    }

    private List<Figure> figures() throws Exception {
        var facts = FactsJson.parse(Files.readAllBytes(Path.of("events/komit/incident.json")), "incident.json");
        aws.upload("letters/komit/da.hbs", Files.readAllBytes(Path.of("events/komit/da.hbs")));
        aws.putFacts("warm", "incident", facts);
        aws.putFacts("measured", "incident", facts);
        send("warm");
        var requests = counts();
        var lines = logLines();
        var before = cpu();
        var begun = System.nanoTime();
        send("measured");
        var seconds = (System.nanoTime() - begun) / 1e9;
        var cpuPerRecipient = (cpu() - before) / MICROS / recipients;
        var log = (double) (logLines() - lines);
        var counted = counts();
        requests.forEach((name, count) -> counted.merge(name, -count, Long::sum));
        var alone = Child.run(
                                List.of("-Xmx870m", "-XX:+UseSerialGC"),
                                CallsAlone.class,
                                environment(),
                                "" + recipients,
                                "" + recipients)
                        .get("cpu_ns")
                        .asDouble()
                / MICROS
                / recipients;
        var figures = new ArrayList<Figure>();
        figures.add(new Figure(
                "CPU per recipient, sender",
                cpuPerRecipient,
                "us",
                "the three calls alone",
                alone,
                "<= 1.10 x, 350 us"));
        figures.add(
                Figure.alone("recipients per second, including the simulators", recipients / seconds, "/s", "none"));
        figures.add(Figure.alone(
                "DynamoDB writes of send records per recipient",
                each(counted, "PutItem sends", "UpdateItem sends"),
                "",
                "2"));
        figures.add(Figure.alone("POSTs to SES per recipient", each(counted, "sesv2 POST v2"), "", "1"));
        figures.add(Figure.alone("S3 requests per recipient", service(counted, "s3"), "", "<= 0.005"));
        figures.add(
                Figure.alone("SQS requests of the functions per recipient", service(counted, "sqs"), "", "<= 0.006"));
        figures.add(Figure.alone("log lines per chunk", log / Math.ceilDiv(recipients, 500), "", "<= 1"));
        counted.forEach((name, count) -> {
            if (count > 0) figures.add(Figure.alone("  " + name, (double) count / recipients, "", "none"));
        });
        return figures;
    }

    private double each(Map<String, Long> counted, String... endings) {
        return (double) counted.entrySet().stream()
                        .filter(e -> Stream.of(endings).anyMatch(e.getKey()::endsWith))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / recipients;
    }

    private double service(Map<String, Long> counted, String service) {
        return (double) counted.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(service + " "))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / recipients;
    }

    private Map<String, Long> counts() {
        var all = new TreeMap<String, Long>();
        counters.forEach(
                (service, counter) -> counter.counts().forEach((name, count) -> all.put(service + " " + name, count)));
        return all;
    }

    private void send(String incident) throws IOException {
        var list = SampleList.write(Bench.FOLDER.resolve(incident + ".csv"), recipients);
        var version = aws.upload("incidents/" + incident + "/list.csv", Files.readAllBytes(list));
        var end = new ProgressWatch(aws, Duration.ofSeconds(60)).await(version, seen -> {});
        var status = end.run().map(run -> String.valueOf(run.get("status"))).orElse("none");
        if (!end.finished() || !status.equals("SETTLED"))
            throw new IllegalStateException(
                    "the run of " + incident + " ended as " + status + ", last seen " + end.last());
    }

    /** Returns the CPU time of the sender's process so far in nanoseconds, as the operating system counts it. */
    private long cpu() {
        return aws.children("DispatchHandler").stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /** Returns the number of the sender's log lines. The file also contains those of Intake and of the JVMs. */
    private long logLines() throws IOException {
        try (var lines = Files.lines(aws.folder().resolve("log.jsonl"))) {
            return lines.filter(line -> line.contains("\"event\":\"chunk_")).count();
        }
    }

    private Map<String, String> environment() {
        var variables = new HashMap<String, String>();
        variables.put("AWS_REGION", LocalAws.REGION);
        variables.put("AWS_ACCESS_KEY_ID", "local");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        counters.forEach((service, counter) -> variables.put(variable(service), counter.url()));
        return variables;
    }
}
