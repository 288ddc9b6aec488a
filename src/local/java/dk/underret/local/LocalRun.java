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
 * What {@code mvn} runs: starts the local AWS, uploads facts, letter and list, waits until every row is settled, says what came of
 * it and leaves the files of the contract in {@code target/local}. System properties: {@code incident}, {@code list}, {@code
 * letter}, {@code notice}, {@code locale}, {@code serve}, {@code function.directory}; an empty one is unset.
 */
public final class LocalRun {
    /** So long nothing may move. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path FOLDER = Path.of("target", "local");

    private final Console console;

    private LocalRun(PrintStream standard) {
        console = new Console(standard, System.console() != null);
    }

    /** Runs it; the exit code is 0 where the list is settled or was checked as a draft. */
    public static void main(String[] arguments) {
        var standard = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // DynamoDB Local and ElasticMQ greet and warn on these; nothing of theirs concerns who runs this.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        // Of the JDK's consoles only this one is null where there is no terminal, in every version from 21.
        System.setProperty("jdk.console", "java.base");
        System.exit(new LocalRun(standard).run());
    }

    private int run() {
        var properties = new HashMap<String, String>();
        for (var name : List.of("incident", "list", "letter", "notice", "locale", "serve"))
            properties.put(name, System.getProperty(name, ""));
        try {
            Folders.empty(FOLDER);
            return run(RunInput.read(properties), serves());
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

    private static boolean serves() {
        return !List.of("no", "false").contains(System.getProperty("serve", "no"));
    }

    private int refused(ResultFinding found, String line) {
        write("refused", List.of(found));
        console.say(line);
        return 1;
    }

    private int fault(Exception e) {
        // A name of a class and no message: a message could hold a value of a row.
        var cause = Optional.ofNullable(e.getCause()).map(c -> c.getClass().getSimpleName());
        var what = e.getClass().getSimpleName() + cause.map(c -> " (" + c + ")").orElse("");
        var found = new ResultFinding(
                "FAULT", "", 0, "", "The local AWS failed: " + what + ". See target/local/log.jsonl.");
        write("fault", List.of(found));
        console.say(found.message());
        return 1;
    }

    private void write(String status, List<ResultFinding> findings) {
        try {
            RunOutput.result(FOLDER, status, Totals.NONE, findings, Optional.empty());
        } catch (IOException e) {
            console.say("target/local/result.json can't be written.");
        }
    }

    private int run(RunInput input, boolean serve) throws Exception {
        var started = System.nanoTime();
        console.say("Starting the local AWS");
        try (var aws = LocalAws.start(parameters(input))) {
            console.say(String.format(Locale.ROOT, "  up after %.1f s", (System.nanoTime() - started) / 1e9));
            aws.putFacts(input.incident(), "incident", input.facts());
            input.notice().ifPresent(facts -> aws.putFacts(input.incident(), RunInput.NOTICE, facts));
            for (var letter : input.letters().entrySet())
                aws.upload(
                        "letters/" + RunInput.OWN_LETTER + "/" + letter.getKey() + ".hbs",
                        Files.readAllBytes(letter.getValue()));
            console.say("  " + input.names().list() + " to s3://" + ResourceNames.UPLOADS + "/"
                    + input.listKey().substring(0, input.listKey().lastIndexOf('/') + 1));
            // One at a time: the instance that took in the letter is warm for the list.
            new ProgressWatch(aws, PATIENCE).becomesIdle();
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
        var end = new ProgressWatch(aws, PATIENCE).await(version, console::progress);
        var report = RunReport.write(aws, end, input.names());
        var mine = report.sends();
        console.records(mine);
        var journal = input.sample() ? aws.journal() : List.<Journal.Message>of();
        if (!journal.isEmpty()) console.letter(journal.getFirst());
        console.say("");
        console.say("  " + report.status() + ": " + report.totals().line());
        console.say(paths());
        previews().forEach(path -> console.say("  preview: " + path));
        trials(aws).ifPresent(console::say);
        report.stuck().ifPresent(what -> console.say("  stuck: " + what));
        report.findings().stream().map(ResultFinding::line).forEach(console::say);
        return report.succeeded() ? 0 : 1;
    }

    /** How many letters of a draft went to {@code preview_to}. */
    private static Optional<String> trials(LocalAws aws) throws IOException {
        var sent = aws.journal().stream()
                .filter(message -> message.subject().startsWith("[PRØVE] "))
                .count();
        return sent == 0
                ? Optional.empty()
                : Optional.of(
                        "  sent to preview_to, marked [PRØVE]: " + sent + ", in " + FOLDER.resolve("outbox") + "/");
    }

    /** A draft's previews; none where nothing was a draft. */
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
            return List.of("  " + FOLDER + "/: " + String.join(" ", names), "");
        }
    }
}
