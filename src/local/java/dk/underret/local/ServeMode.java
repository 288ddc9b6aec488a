package dk.underret.local;

import dk.underret.aws.DynamoIncidents;
import dk.underret.incident.FactsCheck;
import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.incident.StoredFacts;
import dk.underret.intake.Previews;
import dk.underret.intake.UploadKey;
import dk.underret.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Stays up after the first run, and says in a line what becomes of each further upload. Ends with the process. */
final class ServeMode {
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalAws aws;
    private final Console console;
    private final RunInput input;

    ServeMode(LocalAws aws, Console console, RunInput input) {
        this.aws = aws;
        this.console = console;
        this.input = input;
    }

    /** Serves until the thread is interrupted; Ctrl-C ends the process before. */
    void serve() throws IOException {
        var seen = new HashSet<String>();
        for (var version : aws.objects().versions(ResourceNames.UPLOADS, "")) seen.add(version.id());
        console.say(commands());
        while (!Thread.currentThread().isInterrupted()) {
            for (var version : fresh(seen)) console.say(answer(version));
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private List<ObjectStore.Version> fresh(Set<String> seen) {
        return aws.objects().versions(ResourceNames.UPLOADS, "").stream()
                .filter(version -> seen.add(version.id()) && !version.deleted())
                .sorted(java.util.Comparator.comparing(ObjectStore.Version::at))
                .toList();
    }

    private List<String> answer(ObjectStore.Version version) throws IOException {
        var file = version.key().substring(version.key().lastIndexOf('/') + 1);
        var watch = new ProgressWatch(aws, PATIENCE);
        if (!watch.becomesRun(version.id())) return noList(file, version.key());
        var names = new ResultFinding.Files(file, "incident.json", input.names().letter());
        var report = RunReport.write(aws, watch.await(version.id(), sight -> {}), names);
        var line = new StringBuilder(
                file + ": " + report.status() + ", " + report.totals().line());
        if (!report.sent()) line.append("; nothing was sent");
        report.stuck().ifPresent(what -> line.append("; ").append(what));
        report.findings().forEach(f -> line.append("\n  ").append(f.line()));
        if (report.status().equals("draft")) line.append(draft(version));
        return List.of(line.toString());
    }

    /** Where a draft's preview is, and how many of its letters staff got. */
    private String draft(ObjectStore.Version version) throws IOException {
        var run = RunId.of(ResourceNames.UPLOADS, version.key(), version.id());
        if (!(UploadKey.of(version.key()) instanceof UploadKey.People people)) return "";
        var preview = "\n  preview: " + aws.folder().resolve("work").resolve(Previews.key(people.notice(), run));
        var trials = aws.journal().stream()
                .filter(message -> message.tags().getOrDefault("attempt", "").startsWith(run + "-"))
                .count();
        return trials == 0 ? preview : preview + "\n  sent to preview_to, marked [PRØVE]: " + trials;
    }

    private List<String> noList(String file, String key) {
        return switch (UploadKey.of(key)) {
            case UploadKey.LetterFile letter -> checked(file, letter);
            case UploadKey.IncidentFacts facts -> taken(file, new NoticeId(facts.incident(), NoticeId.MAIN));
            case UploadKey.NoticeFacts facts -> taken(file, facts.notice());
            default -> List.of(file + ": taken in");
        };
    }

    /** What the check of a letter wrote, under its heading. */
    private List<String> checked(String file, UploadKey.LetterFile letter) {
        var key = "checks/letters/" + letter.name() + "/" + letter.locale() + ".txt";
        var check = aws.objects().get(ResourceNames.WORK, key, Optional.empty());
        var lines = new ArrayList<>(List.of(file + ": checked"));
        check.ifPresent(found -> new String(found.body(), StandardCharsets.UTF_8)
                .lines()
                .skip(2)
                .forEach(line -> lines.add("  " + line)));
        return lines;
    }

    /** What an upload of a list would be told of the facts now. */
    private List<String> taken(String file, NoticeId notice) {
        var table = new DynamoIncidents(aws.dynamodb(), LocalTables.INCIDENTS);
        var shared = table.incident(notice.incident()).map(StoredFacts::facts).orElse(Map.of());
        var incident = Incident.of(notice, shared, table.notice(notice).map(StoredFacts::facts));
        var lines = new ArrayList<String>();
        lines.add(file + ": taken in; "
                + switch (incident.status()) {
                    case DRAFT -> "a draft: an upload of its list sends nothing and leaves a preview";
                    case APPROVED -> "approved: an upload of its list sends";
                    case CLOSED -> "closed: an upload of its list is refused";
                });
        var language = Language.orEnglish(incident.language());
        FactsCheck.findings(incident)
                .forEach(finding ->
                        lines.add("  " + ResultFinding.of(finding, language).line()));
        return lines;
    }

    private List<String> commands() {
        var folder = input.listKey().substring(0, input.listKey().lastIndexOf('/') + 1);
        var partition = input.listKey().contains("/" + RunInput.NOTICE + "/") ? RunInput.NOTICE : "main";
        var s3 = aws.endpoints().get("s3");
        var dynamodb = aws.endpoints().get("dynamodb");
        var query = "aws --endpoint-url " + dynamodb + " dynamodb query --table-name " + LocalTables.SENDS
                + " --key-condition-expression 'notice = :n' --expression-attribute-values '{\":n\":{\"S\":\""
                + input.incident() + "/" + partition + "\"}}'";
        return List.of(
                "",
                "  Up until Ctrl-C. From another shell:",
                "",
                "    export AWS_ACCESS_KEY_ID=" + LocalAws.ACCESS_KEY + " AWS_SECRET_ACCESS_KEY=" + LocalAws.SECRET_KEY
                        + " AWS_DEFAULT_REGION=" + LocalAws.REGION,
                "    aws --endpoint-url " + s3 + " s3 cp " + quoted(input.list().toString()) + " s3://"
                        + ResourceNames.UPLOADS + "/" + folder,
                "    " + query,
                "",
                "  " + String.join("\n  ", endpoints()),
                "");
    }

    private List<String> endpoints() {
        return aws.endpoints().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%-9s %s", e.getKey(), e.getValue()))
                .toList();
    }

    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
