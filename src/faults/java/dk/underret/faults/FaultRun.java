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
 * What {@code mvn -Pfaults verify} runs: a long list through the local AWS while senders are killed, SES misbehaves in a process of
 * its own, messages come twice, answers of DynamoDB are lost and SES's events come late, twice and in any order. Then {@link FaultAudit}
 * counts, and {@code target/faults/report.md} says what came of it. System properties: {@code recipients}, {@code seed}, {@code
 * function.directory}; an empty one is unset.
 */
public final class FaultRun {
    /**
     * What is injected.
     *
     * @param recipients rows of the list
     * @param seed of every die
     * @param killEvery mean time from kill to kill
     */
    public record Plan(int recipients, long seed, Duration killEvery) {}

    /** SES's rate: up to 50 letters in flight from each of two senders. */
    private static final int RATE = 200;

    private static final double LOST_ANSWERS = 0.005;
    private static final double TWICE = 0.05;
    /** Seconds that an event may be late by, and the share of them that come twice. */
    private static final Map<String, String> EVENTS = Map.of("feedback.late", "5", "feedback.twice", "0.05");

    /** 1 % throttled, 0.5 % ambiguous: each seventh or so of that a kind of its own. */
    private static final String ODDS =
            "odds %d THROTTLED 0.01 STALL 0.0007 RESET 0.0007 END_OF_STREAM 0.0007 CUT_200 0.0007"
                    + " GARBAGE_200 0.0007 ERROR_500 0.0007 ERROR_503 0.0008";

    /** A claim is left alone longer than the longest POST, so that none is called stale while its sender lives. */
    private static final Duration STALE = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofSeconds(3);

    /** SES has three events or so for each letter, and one instance falls behind two senders. */
    private static final int FEEDBACK = 3;

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

    /** Runs it; the exit code is 0 where every figure is as expected. */
    public static void main(String[] arguments) throws Exception {
        var standard = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // DynamoDB Local and ElasticMQ greet and warn on these.
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

    private static String property(String name, String otherwise) {
        var value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }

    /**
     * Runs a plan.
     *
     * @param folder emptied; gets all that the run leaves
     * @param function the build's {@code target/function}
     * @return whether every figure is as expected
     */
    static boolean run(Plan plan, Path folder, Path function, PrintStream out) throws Exception {
        return new FaultRun(plan, folder, function, out).run();
    }

    private boolean run() throws Exception {
        empty(folder);
        var started = System.nanoTime();
        out.printf("Fault run: %,d recipients, seed %d%n", plan.recipients(), plan.seed());
        Sample.list(folder.resolve("list.csv"), plan.recipients(), plan.seed());
        var feedback = inject();
        var sent = seconds(started);
        var holds = count(feedback);
        var report = new FaultReport(plan, folder, feedback, sent);
        Files.writeString(folder.resolve("report.md"), report.text());
        out.println(report.text());
        out.println(holds ? "Every figure is as expected." : "NOT every figure is as expected: see target/faults.");
        return holds;
    }

    /** Sends the list under fire; true where the functions take in SES's events. */
    private boolean inject() throws Exception {
        var address = SesProcess.address();
        var aws = new LocalAws[1];
        try (var injected = InjectedFaults.open(folder.resolve("injected.csv"))) {
            var ledger = new LedgerObserver(injected, LOST_ANSWERS, plan.seed() + 1);
            var queue = new QueueObserver(
                    injected, folder.resolve("queues.txt"), body -> enqueue(aws[0], body), TWICE, plan.seed() + 2);
            try (var tables = FaultProxy.start(ledger);
                    var queues = FaultProxy.start(queue);
                    var local = LocalAws.start(parameters(address, tables.url(), queues.url()))) {
                aws[0] = local;
                tables.to(local.endpoints().get("dynamodb"));
                queues.to(local.endpoints().get("sqs"));
                var feedback = !local.children("FeedbackHandler").isEmpty();
                try (var ses = SesProcess.start(address, properties(local, feedback), ODDS.formatted(plan.seed()))) {
                    send(local, ledger, injected);
                }
                TableExport.write(local.dynamodb(), "sends", folder.resolve("sends.csv"));
                TableExport.write(local.dynamodb(), "runs", folder.resolve("runs.csv"));
                return feedback;
            }
        }
    }

    private Parameters parameters(java.net.URI ses, String tables, String queues) {
        return Parameters.of(folder.resolve("local"), function)
                .times(Duration.ofSeconds(70), Duration.ofSeconds(1), STALE)
                .instances("FeedbackHandler", FEEDBACK)
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
            properties.putAll(EVENTS);
            properties.put("feedback.seed", "" + (plan.seed() + 3));
            properties.put("feedback.queue", aws.queueUrl("feedback"));
        }
        return properties;
    }

    private void send(LocalAws aws, LedgerObserver ledger, InjectedFaults injected)
            throws IOException, InterruptedException {
        aws.putFacts(Sample.INCIDENT, "incident", Sample.facts(plan.recipients()));
        aws.upload("letters/" + Sample.INCIDENT + "/da.hbs", Sample.letter());
        var list = Files.readAllBytes(folder.resolve("list.csv"));
        var version = aws.upload("incidents/" + Sample.INCIDENT + "/list.csv", list);
        ProgressWatch.End end;
        try (var killer = new ProcessKiller(aws, ledger, injected, plan.killEvery(), plan.seed() + 4)) {
            end = new ProgressWatch(aws, PATIENCE, GLANCE).await(version, this::progress);
        }
        if (!end.ended()) out.println("  nothing has moved for " + PATIENCE.toSeconds() + " s: " + end.last());
        drain(aws);
    }

    private long printedAt;

    private void progress(ProgressWatch.Sight now) {
        if (System.nanoTime() - printedAt < Duration.ofSeconds(10).toNanos()) return;
        printedAt = System.nanoTime();
        out.printf(
                "  %s: %,d of %,d rows taken up, %,d settled, %d chunks and %d events queued%n",
                now.status(), now.claimed(), now.rows(), now.done(), now.queued(), now.feedback());
    }

    /** Waits until the queues are empty, late events and second copies included, or nothing goes off them any more. */
    private void drain(LocalAws aws) {
        var least = Long.MAX_VALUE;
        var since = System.nanoTime();
        for (var left = queued(aws); left > 0; left = queued(aws)) {
            if (left < least) {
                least = left;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > PATIENCE.toNanos()) return;
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

    /** In a process of its own, with Commons CSV and the test classes alone on its class path. */
    private boolean count(boolean feedback) throws Exception {
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
                                feedback ? "feedback" : "silence"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("count.log").toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    private static void empty(Path folder) throws IOException {
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
