package dk.underret.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a run.
 *
 * @param status {@code settled}, {@code draft}, {@code refused} or {@code fault}
 * @param sends send records of the run, by row
 * @param stuck reason for the status {@code fault}
 */
record RunReport(
        String status,
        Totals totals,
        List<ResultFinding> findings,
        List<Map<String, Object>> sends,
        Optional<String> stuck) {

    /** Writes the result files, {@code result.json} last. */
    static RunReport write(LocalAws aws, ProgressWatch.Result end, ResultFinding.Files names) throws IOException {
        var output = new RunOutput(aws);
        var all = output.sends();
        var run = end.run();
        var totals = run.map(r -> Totals.of(r, all)).orElse(Totals.NONE);
        var findings =
                run.map(r -> output.findings((String) r.get("run_id"), names)).orElse(List.of());
        var stuck = end.finished() && totals.addUp() ? Optional.<String>empty() : Optional.of(stuck(aws, end, totals));
        var status = stuck.isPresent() ? "fault" : end.last().status().toLowerCase(Locale.ROOT);
        output.write(all, findings);
        RunOutput.result(aws.folder(), status, totals, findings, stuck);
        var ownSends = run.map(r -> sendsOf(all, r)).orElse(List.of());
        return new RunReport(status, totals, findings, ownSends, stuck);
    }

    /** Returns for example {@code settled: 10 rows = 9 delivered + 1 invalid}. */
    String summary() {
        return status + ": " + totals.line() + (sent() ? "" : "; nothing was sent");
    }

    /** Returns whether the run was successful. */
    boolean succeeded() {
        return status.equals("settled") || status.equals("draft");
    }

    /** Returns whether a letter of this run was sent, or may have been. */
    boolean sent() {
        return totals.outcomes().keySet().stream()
                .anyMatch(outcome ->
                        !List.of("duplicate", "skipped", "invalid", "pending").contains(outcome));
    }

    private static List<Map<String, Object>> sendsOf(List<Map<String, Object>> sends, Map<String, Object> run) {
        return sends.stream()
                .filter(send -> run.get("run_id").equals(send.get("run")))
                .sorted(Comparator.comparing(send -> new java.math.BigDecimal(String.valueOf(send.get("row")))))
                .toList();
    }

    private static String stuck(LocalAws aws, ProgressWatch.Result end, Totals totals) {
        var reasons = new ArrayList<String>();
        if (end.run().isEmpty()) reasons.add("Intake recorded no run for the list");
        if (aws.droppedUploadEvents() > 0)
            reasons.add("Intake failed on " + aws.droppedUploadEvents() + " upload event(s), see log.jsonl");
        if (!totals.addUp()) reasons.add("the outcomes don't add up to the rows: " + totals.line());
        if (!end.finished()) {
            reasons.add("nothing changed for 60 s");
            reasons.add("messages on the dispatch queue: " + end.last().queued());
            reasons.add("messages on the feedback queue: " + end.last().feedback());
            reasons.add(totals.line());
        }
        return String.join("; ", reasons);
    }
}
