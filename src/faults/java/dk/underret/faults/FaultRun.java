package dk.underret.faults;

import dk.underret.local.FaultProxy;
import dk.underret.local.LocalAws;
import dk.underret.local.Parameters;
import dk.underret.local.ProgressWatch;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The program of {@code mvn -Pfaults verify}. Sends a long list through the local AWS. Meanwhile it kills senders, lets SES fail in
 * its own process, repeats messages, drops answers of DynamoDB, and delays, repeats and reorders SES's events. Then {@link
 * FaultAudit} counts the results, and the report is written to {@code target/faults/report.md}. System properties: {@code
 * recipients}, {@code seed}, {@code function.directory}; an empty one is unset.
 */
public final class FaultRun {
    /**
     * The parameters of a run.
     *
     * @param recipients the number of rows of the list
     * @param seed of all random numbers
     * @param killInterval the mean time between two kills
     */
    public record Plan(int recipients, long seed, Duration killInterval) {}

    /** SES's letters per second. It allows each of two senders 50 letters in flight. */
    private static final int RATE = 200;

    private static final double LOST_ANSWERS = 0.005;
    private static final double REPEATED_MESSAGES = 0.05;
    /** The longest delay of an event in seconds, and the share of repeated events. */
    private static final Map<String, String> EVENT_FAULTS = Map.of("feedback.late", "5", "feedback.twice", "0.05");

    /** The probability of each of SES's faults: throttling 1 %, ambiguous answers 0.5 % in total. */
    private static final String SES_FAULTS =
            "odds %d THROTTLED 0.01 STALL 0.0007 RESET 0.0007 END_OF_STREAM 0.0007 CUT_200 0.0007"
                    + " GARBAGE_200 0.0007 ERROR_500 0.0007 ERROR_503 0.0008";

    /** The age of a stale claim. Longer than the longest POST, so that a live sender's claim never becomes stale. */
    private static final Duration STALE_AFTER = Duration.ofSeconds(20);

    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);

    /** SES reports about three events for each letter, too many for one instance beside two senders. */
    private static final int FEEDBACK_INSTANCES = 3;

    private final Plan plan;
    private final Path folder;
    private final Path function;
    private final PrintStream out;

    private FaultRun(Plan plan, Path folder, Path function, PrintStream out) {
        this.plan = plan;
        this.folder = folder;
        this.function = function;
        this.out = out;
    }

    /** Runs the faults and the audit. Exits with 0 if every figure is as expected. */
    public static void main(String[] arguments) throws Exception {
        var standard = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // DynamoDB Local and ElasticMQ print to these.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        var plan = new Plan(
                Integer.parseInt(property("recipients", "100000")),
                Long.parseLong(property("seed", "" + System.currentTimeMillis() % 1_000_000)),
                Duration.ofSeconds(5));
        var function = Path.of(property("function.directory", "target/function"));
        try {
            System.exit(run(plan, Path.of("target", "faults"), function, standard) ? 0 : 1);
        } catch (Exception | Error e) {
            standard.println("The fault run failed: " + e);
            e.printStackTrace(standard);
            System.exit(1);
        }
    }

    private static String property(String name, String fallback) {
        var value = System.getProperty(name, "");
        return value.isBlank() ? fallback : value;
    }

    /**
     * Runs a plan.
     *
     * @param folder the run's output; it is emptied first
     * @param function the build's {@code target/function}
     * @return whether every figure is as expected
     */
    static boolean run(Plan plan, Path folder, Path function, PrintStream out) throws Exception {
        return new FaultRun(plan, folder, function, out).run();
    }

    private boolean run() throws Exception {
        clear(folder);
        var started = System.nanoTime();
        out.printf("Fault run: %,d recipients, seed %d%n", plan.recipients(), plan.seed());
        Sample.list(folder.resolve("list.csv"), plan.recipients(), plan.seed());
        var feedback = inject();
        var sent = seconds(started);
        var holds = audit(feedback);
        var report = new FaultReport(plan, folder, feedback, sent);
        Files.writeString(folder.resolve("report.md"), report.text());
        out.println(report.text());
        out.println(holds ? "Every figure is as expected." : "Some figures are NOT as expected: see target/faults.");
        return holds;
    }

    /** Sends the list while faults are injected. Returns whether the functions process SES's events. */
    private boolean inject() throws Exception {
        var address = SesProcess.address();
        var aws = new LocalAws[1];
        try (var injectedFaults = InjectedFaults.open(folder.resolve("injected.csv"))) {
            var ledger = new LedgerObserver(injectedFaults, LOST_ANSWERS, plan.seed() + 1);
            var queue = new QueueObserver(
                    injectedFaults,
                    folder.resolve("queues.txt"),
                    body -> enqueue(aws[0], body),
                    REPEATED_MESSAGES,
                    plan.seed() + 2);
            try (var tables = FaultProxy.start(ledger);
                    var queues = FaultProxy.start(queue);
                    var local = LocalAws.start(parameters(address, tables.url(), queues.url()))) {
                aws[0] = local;
                tables.forwardTo(local.endpoints().get("dynamodb"));
                queues.forwardTo(local.endpoints().get("sqs"));
                var feedback = !local.children("FeedbackHandler").isEmpty();
                try (var ses =
                        SesProcess.start(address, properties(local, feedback), SES_FAULTS.formatted(plan.seed()))) {
                    send(local, ledger, injectedFaults);
                }
                TableExport.write(local.dynamodb(), "sends", folder.resolve("sends.csv"));
                TableExport.write(local.dynamodb(), "runs", folder.resolve("runs.csv"));
                return feedback;
            }
        }
    }

    private Parameters parameters(java.net.URI ses, String tables, String queues) {
        return Parameters.of(folder.resolve("local"), function)
                .times(Duration.ofSeconds(70), Duration.ofSeconds(1), STALE_AFTER)
                .instances("FeedbackHandler", FEEDBACK_INSTANCES)
                .externalSes(ses)
                .environment(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        tables,
                        "AWS_ENDPOINT_URL_SQS",
                        queues,
                        "SENDER_ADDRESSES",
                        Sample.SENDER));
    }

    private Map<String, String> properties(LocalAws aws, boolean feedback) {
        var properties = new LinkedHashMap<String, String>(Map.of(
                "rate",
                "" + RATE,
                "letters",
                "no",
                "outbox",
                folder.resolve("ses").toString()));
        if (feedback) {
            properties.putAll(EVENT_FAULTS);
            properties.put("feedback.seed", "" + (plan.seed() + 3));
            properties.put("feedback.queue", aws.queueUrl("feedback"));
        }
        return properties;
    }

    private void send(LocalAws aws, LedgerObserver ledger, InjectedFaults injectedFaults)
            throws IOException, InterruptedException {
        aws.putFacts(Sample.INCIDENT, "incident", Sample.facts(plan.recipients()));
        aws.upload("letters/" + Sample.INCIDENT + "/da.hbs", Sample.letter());
        var list = Files.readAllBytes(folder.resolve("list.csv"));
        var version = aws.upload("incidents/" + Sample.INCIDENT + "/list.csv", list);
        ProgressWatch.Result end;
        try (var killer = new ProcessKiller(aws, ledger, injectedFaults, plan.killInterval(), plan.seed() + 4)) {
            end = new ProgressWatch(aws, STALL_TIMEOUT, POLL_INTERVAL).await(version, this::progress);
        }
        if (!end.finished()) out.println("  no progress for " + STALL_TIMEOUT.toSeconds() + " s: " + end.last());
        drain(aws);
    }

    private long printedAt;

    private void progress(ProgressWatch.Progress now) {
        if (System.nanoTime() - printedAt < Duration.ofSeconds(10).toNanos()) return;
        printedAt = System.nanoTime();
        out.printf(
                "  %s: %,d of %,d rows claimed, %,d settled, %d chunks and %d events queued%n",
                now.status(), now.claimed(), now.rows(), now.settled(), now.queued(), now.feedback());
    }

    /** Waits until the queues are empty, including delayed messages, or until their length no longer decreases. */
    private void drain(LocalAws aws) {
        var least = Long.MAX_VALUE;
        var since = System.nanoTime();
        for (var left = queued(aws); left > 0; left = queued(aws)) {
            if (left < least) {
                least = left;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > STALL_TIMEOUT.toNanos()) return;
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static long queued(LocalAws aws) {
        return Stream.of("dispatch", "feedback")
                .flatMap(name -> aws
                        .sqs()
                        .getQueueAttributes(ask -> ask.queueUrl(aws.queueUrl(name))
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                        .attributes()
                        .values()
                        .stream())
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static void enqueue(LocalAws aws, String body) {
        aws.sqs().sendMessage(send -> send.queueUrl(aws.queueUrl("dispatch")).messageBody(body));
    }

    /** Runs the audit in its own process, with only Commons CSV and the test classes on its class path. */
    private boolean audit(boolean feedback) throws Exception {
        var own = Path.of(FaultAudit.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var path = Stream.concat(
                        Stream.of(own.toString()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry ->
                                        Path.of(entry).getFileName().toString().matches("commons-(csv|io|codec)-.*")))
                .collect(Collectors.joining(File.pathSeparator));
        var java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(List.of(
                                java,
                                "-cp",
                                path,
                                FaultAudit.class.getName(),
                                folder.toString(),
                                feedback ? "feedback" : "no-feedback"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("count.log").toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }
        Files.createDirectories(folder);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
