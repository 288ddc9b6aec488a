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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Keeps the local AWS running after the first run and reports the result of each further upload. */
final class ServeMode {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

    private final LocalAws aws;
    private final Console console;
    private final RunInput input;

    ServeMode(LocalAws aws, Console console, RunInput input) {
        this.aws = aws;
        this.console = console;
        this.input = input;
    }

    /** Serves until the thread is interrupted. Ctrl-C ends the whole process. */
    void serve() throws IOException {
        var seen = new HashSet<String>();
        for (var version : aws.objects().versions(ResourceNames.UPLOADS, "")) seen.add(version.id());
        console.print(instructions());
        while (!Thread.currentThread().isInterrupted()) {
            for (var version : newUploads(seen)) console.print(report(version));
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    private List<ObjectStore.Version> newUploads(Set<String> seen) {
        return aws.objects().versions(ResourceNames.UPLOADS, "").stream()
                .filter(version -> seen.add(version.id()) && !version.deleted())
                .sorted(java.util.Comparator.comparing(ObjectStore.Version::at))
                .toList();
    }

    private List<String> report(ObjectStore.Version version) throws IOException {
        var file = version.key().substring(version.key().lastIndexOf('/') + 1);
        var watch = new ProgressWatch(aws, STALL_TIMEOUT);
        if (!watch.awaitRun(version.id())) return reportOtherUpload(file, version.key());
        var names = new ResultFinding.Files(file, "incident.json", input.names().letter());
        var report = RunReport.write(aws, watch.await(version.id(), progress -> {}), names);
        var line = new StringBuilder(file + ": " + report.summary());
        report.stuck().ifPresent(reason -> line.append("; ").append(reason));
        report.findings().forEach(f -> line.append("\n  ").append(f.line()));
        if (report.status().equals("draft")) line.append(draftLines(version));
        return List.of(line.toString());
    }

    /** Returns the path of a draft's preview and the number of preview mails. */
    private String draftLines(ObjectStore.Version version) throws IOException {
        var run = RunId.of(ResourceNames.UPLOADS, version.key(), version.id());
        if (!(UploadKey.of(version.key()) instanceof UploadKey.People people)) return "";
        var preview = "\n  preview: " + aws.folder().resolve("work").resolve(Previews.key(people.notice(), run));
        var previewMails = aws.journal().stream()
                .filter(message -> message.tags().getOrDefault("attempt", "").startsWith(run + "-"))
                .count();
        return previewMails == 0
                ? preview
                : preview + "\n  sample letters to preview_to, subject marked [PRØVE]: " + previewMails;
    }

    private List<String> reportOtherUpload(String file, String key) {
        return switch (UploadKey.of(key)) {
            case UploadKey.LetterFile letter -> letterCheck(file, letter);
            case UploadKey.IncidentFacts facts -> factsStatus(file, new NoticeId(facts.incident(), NoticeId.MAIN));
            case UploadKey.NoticeFacts facts -> factsStatus(file, facts.notice());
            default -> List.of(file + ": processed");
        };
    }

    /** Returns the result of a letter's check without its heading. */
    private List<String> letterCheck(String file, UploadKey.LetterFile letter) {
        var key = "checks/letters/" + letter.name() + "/" + letter.locale() + ".txt";
        var check = aws.objects().get(ResourceNames.WORK, key, Optional.empty());
        var lines = new ArrayList<>(List.of(file + ": checked"));
        check.ifPresent(found -> new String(found.body(), StandardCharsets.UTF_8)
                .lines()
                .skip(2)
                .forEach(line -> lines.add("  " + line)));
        return lines;
    }

    /** Returns the notice's status and the findings that the facts would cause for a list. */
    private List<String> factsStatus(String file, NoticeId notice) {
        var table = new DynamoIncidents(aws.dynamodb(), LocalTables.INCIDENTS);
        var shared = table.incident(notice.incident()).map(StoredFacts::facts).orElse(Map.of());
        var incident = Incident.of(notice, shared, table.notice(notice).map(StoredFacts::facts));
        var lines = new ArrayList<String>();
        lines.add(file + ": stored. "
                + switch (incident.status()) {
                    case DRAFT -> "The notice is a draft: uploading its list creates a preview and sends nothing";
                    case APPROVED -> "The notice is approved: uploading its list sends the letters";
                    case CLOSED -> "The notice is closed: uploading its list is refused";
                });
        var language = Language.orEnglish(incident.language());
        FactsCheck.findings(incident, Instant.now())
                .forEach(finding ->
                        lines.add("  " + ResultFinding.of(finding, language).line()));
        return lines;
    }

    private List<String> instructions() {
        var folder = input.listKey().substring(0, input.listKey().lastIndexOf('/') + 1);
        var partition = input.listKey().contains("/" + RunInput.NOTICE + "/") ? RunInput.NOTICE : "main";
        var s3 = aws.endpoints().get("s3");
        var dynamodb = aws.endpoints().get("dynamodb");
        var query = "aws --endpoint-url " + dynamodb + " dynamodb query --table-name " + LocalTables.SENDS
                + " --key-condition-expression 'notice = :n' --expression-attribute-values '{\":n\":{\"S\":\""
                + input.incident() + "/" + partition + "\"}}'";
        return List.of(
                "",
                "  The local AWS is running; stop it with Ctrl-C. Commands for another shell:",
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
