package dk.underret.local;

import dk.underret.incident.FindingsException;
import dk.underret.incident.Language;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The program that {@code mvn} runs. It starts the local AWS, uploads facts, letter and list, waits until every row is settled,
 * prints the result and writes the result files to {@code target/local}. System properties: {@code incident}, {@code list}, {@code
 * letter}, {@code notice}, {@code locale}, {@code serve}, {@code function.directory}; an empty property counts as unset.
 */
public final class LocalRun {
    /** The run fails if nothing changes for this long. */
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

    private static final Path FOLDER = Path.of("target", "local");

    private final Console console;

    private LocalRun(PrintStream standard) {
        console = new Console(standard, System.console() != null);
    }

    /** Runs the program. The exit code is 0 if the list is settled, or checked as a draft. */
    public static void main(String[] arguments) {
        var standard = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // DynamoDB Local and ElasticMQ print banners and warnings to these streams, which don't concern the user.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        // In every JDK from 21, System.console() of this provider is null if there is no terminal.
        System.setProperty("jdk.console", "java.base");
        System.exit(new LocalRun(standard).run());
    }

    private int run() {
        var properties = new HashMap<String, String>();
        for (var name : List.of("incident", "list", "letter", "notice", "locale", "serve"))
            properties.put(name, System.getProperty(name, ""));
        try {
            Folders.empty(FOLDER);
            return run(RunInput.read(properties), serveRequested());
        } catch (RunInput.UsageException e) {
            return refused(new ResultFinding("USAGE", "", 0, "", e.getMessage()), e.getMessage());
        } catch (FindingsException e) {
            var language = Language.orEnglish(properties.get("locale"));
            var found = ResultFinding.of(e.findings().getFirst(), language);
            return refused(found, found.line());
        } catch (Exception e) {
            return fault(e);
        }
    }

    private static boolean serveRequested() {
        return !List.of("no", "false").contains(System.getProperty("serve", "no"));
    }

    private int refused(ResultFinding found, String line) {
        write("refused", List.of(found));
        console.print(line);
        return 1;
    }

    private int fault(Exception e) {
        // The name of the class only: an exception's message could contain values of a row.
        var cause = Optional.ofNullable(e.getCause()).map(c -> c.getClass().getSimpleName());
        var error = e.getClass().getSimpleName()
                + cause.map(c -> ", caused by " + c).orElse("");
        var found = new ResultFinding(
                "FAULT", "", 0, "", "The local run failed with " + error + ". See target/local/log.jsonl.");
        write("fault", List.of(found));
        console.print(found.message());
        return 1;
    }

    private void write(String status, List<ResultFinding> findings) {
        try {
            RunOutput.result(FOLDER, status, Totals.NONE, findings, Optional.empty());
        } catch (IOException e) {
            console.print("Can't write target/local/result.json.");
        }
    }

    private int run(RunInput input, boolean serve) throws Exception {
        var started = System.nanoTime();
        console.print("Starting the local AWS");
        try (var aws = LocalAws.start(parameters(input))) {
            console.print(String.format(Locale.ROOT, "  started in %.1f s", (System.nanoTime() - started) / 1e9));
            aws.putFacts(input.incident(), "incident", input.facts());
            input.notice().ifPresent(facts -> aws.putFacts(input.incident(), RunInput.NOTICE, facts));
            for (var letter : input.letters().entrySet())
                aws.upload(
                        "letters/" + RunInput.OWN_LETTER + "/" + letter.getKey() + ".hbs",
                        Files.readAllBytes(letter.getValue()));
            console.print("  uploading " + input.names().list() + " to s3://" + ResourceNames.UPLOADS + "/"
                    + input.listKey().substring(0, input.listKey().lastIndexOf('/') + 1));
            // Wait for the letter's check: the list then gets a warm instance.
            new ProgressWatch(aws, STALL_TIMEOUT).awaitIdle();
            var version = aws.upload(input.listKey(), Files.readAllBytes(input.list()));
            var code = finish(aws, input, version);
            if (serve) new ServeMode(aws, console, input).serve();
            return code;
        }
    }

    private static Parameters parameters(RunInput input) {
        var directory = System.getProperty("function.directory", "");
        var senders = input.senders();
        var environment = new HashMap<>(Map.of("LANGUAGE", input.language().tag()));
        if (!senders.isEmpty()) environment.put("SENDER_ADDRESSES", String.join(",", senders));
        return Parameters.of(FOLDER, Path.of(directory.isBlank() ? "target/function" : directory))
                .ses(new SimulatedSes.Account(200, -1, senders))
                .environment(environment);
    }

    private int finish(LocalAws aws, RunInput input, String version) throws IOException {
        var end = new ProgressWatch(aws, STALL_TIMEOUT).await(version, console::progress);
        var report = RunReport.write(aws, end, input.names());
        console.records(report.sends());
        var journal = input.sample() ? aws.journal() : List.<Journal.Message>of();
        if (!journal.isEmpty()) console.letter(journal.getFirst());
        console.print("");
        console.print("  " + report.summary());
        console.print(paths());
        previews().forEach(path -> console.print("  preview: " + path));
        previewMails(aws).ifPresent(console::print);
        report.stuck().ifPresent(reason -> console.print("  The run is stuck: " + reason));
        report.findings().stream().map(ResultFinding::line).forEach(console::print);
        return report.succeeded() ? 0 : 1;
    }

    /** Returns a line with the number of sample letters sent to {@code preview_to}; empty if there are none. */
    private static Optional<String> previewMails(LocalAws aws) throws IOException {
        var sent = aws.journal().stream()
                .filter(message -> message.subject().startsWith("[PRØVE] "))
                .count();
        return sent == 0
                ? Optional.empty()
                : Optional.of("  " + sent + (sent == 1 ? " sample letter" : " sample letters")
                        + " to preview_to, subject marked [PRØVE]: see " + FOLDER.resolve("outbox") + "/");
    }

    /** Returns the preview files of a draft; none if the run was not a draft. */
    private static List<Path> previews() throws IOException {
        var previews = FOLDER.resolve("work").resolve("previews");
        if (!Files.exists(previews)) return List.of();
        try (var files = Files.walk(previews)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<String> paths() throws IOException {
        try (var files = Files.list(FOLDER)) {
            var names = files.map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            return List.of("  Files in " + FOLDER + "/: " + String.join(" ", names), "");
        }
    }
}
