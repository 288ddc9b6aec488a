package dk.underret.lambda;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import dk.underret.incident.NoticeId;
import dk.underret.intake.IntakeResult;
import dk.underret.intake.Previews;
import dk.underret.intake.Upload;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Logs the result of an upload: ids, counts, codes and row numbers. */
final class IntakeResultLog {
    /** Findings listed in one line. All findings are counted, and {@code problems.csv} lists them in full. */
    private static final int LISTED = 100;

    private IntakeResultLog() {}

    static void write(Log log, Upload upload, IntakeResult result) {
        switch (result) {
            case IntakeResult.Ignored ignored ->
                log.event(
                        "upload_passed_over",
                        Map.of("reason", ignored.reason().name().toLowerCase(Locale.ROOT)));
            case IntakeResult.FactsTaken taken -> log.event("facts_taken", taken(upload, taken));
            case IntakeResult.LetterChecked checked -> log.event("letter_checked", checked(checked));
            case IntakeResult.Refused refused -> log.event("upload_refused", run(refused.run(), refused.findings()));
            case IntakeResult.Draft draft -> log.event("draft_checked", draft(draft));
            case IntakeResult.Sending sending ->
                log.event("run_enqueued", planned(sending.run(), sending.findings(), sending.forecast()));
            case IntakeResult.AlreadyProcessed processed -> log.event("delivered_again", runFields(processed.run()));
        }
    }

    private static Map<String, Object> taken(Upload upload, IntakeResult.FactsTaken taken) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("incident", taken.incident());
        taken.notice().ifPresent(notice -> fields.put("notice", notice));
        fields.put("version", upload.version());
        fields.put("stored", taken.newest());
        fields.put("findings", counts(taken.findings()));
        return fields;
    }

    private static Map<String, Object> checked(IntakeResult.LetterChecked checked) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("letter", checked.name());
        fields.put("locale", checked.locale());
        fields.put("findings", counts(checked.findings()));
        fields.put("first", first(checked.findings()));
        return fields;
    }

    private static Map<String, Object> draft(IntakeResult.Draft draft) {
        var run = draft.run();
        var fields = planned(run, draft.findings(), draft.forecast());
        fields.put("preview", Previews.key(new NoticeId(run.incident(), run.notice()), run.id()));
        return fields;
    }

    private static Map<String, Object> planned(Run run, Findings findings, Forecast forecast) {
        var fields = run(run, findings);
        fields.put("chunks", run.chunks());
        fields.put("letters", forecast.letters());
        forecast.finish().ifPresent(finish -> fields.put("finish_at", finish.toString()));
        return fields;
    }

    private static Map<String, Object> run(Run run, Findings findings) {
        var fields = runFields(run);
        fields.put("findings", new TreeMap<>(findings.counts()));
        fields.put("first", first(findings.listed()));
        return fields;
    }

    private static Map<String, Object> runFields(Run run) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", run.id());
        fields.put("incident", run.incident());
        fields.put("notice", run.notice());
        fields.put("status", run.status());
        fields.put("rows", run.rows());
        return fields;
    }

    /**
     * Returns code and row of the first findings. Omits file and column: a file's name may hold a person's name, and the first
     * row of a list without a header holds a person's values.
     */
    private static List<Map<String, Object>> first(List<Finding> findings) {
        return findings.stream().limit(LISTED).map(IntakeResultLog::fields).toList();
    }

    private static Map<String, Object> fields(Finding finding) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("code", finding.code());
        fields.put("row", finding.row());
        return fields;
    }

    private static Map<FindingCode, Long> counts(List<Finding> findings) {
        var counts = new Findings();
        counts.addAll(findings);
        return new TreeMap<>(counts.counts());
    }
}
