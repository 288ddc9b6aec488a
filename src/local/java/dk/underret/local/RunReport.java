package dk.underret.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param status {@code settled}, {@code draft}, {@code refused} or {@code fault}
 * @param sends the run's send records, by row
 * @param stuck what did not move any more, for a fault
 */
record RunReport(
        String status,
        Totals totals,
        List<ResultFinding> findings,
        List<Map<String, Object>> sends,
        Optional<String> stuck) {

    /** Writes the contract's files, {@code result.json} last. */
    static RunReport write(LocalAws aws, ProgressWatch.End end, ResultFinding.Files names) throws IOException {
        var leavings = new RunOutput(aws);
        var all = leavings.sends();
        var run = end.run();
        var totals = run.map(r -> Totals.of(r, all)).orElse(Totals.NONE);
        var findings =
                run.map(r -> leavings.findings((String) r.get("run_id"), names)).orElse(List.of());
        var stuck = end.ended() && totals.hold() ? Optional.<String>empty() : Optional.of(stuck(aws, end, totals));
        var status = stuck.isPresent() ? "fault" : end.last().status().toLowerCase(Locale.ROOT);
        leavings.write(all, findings);
        RunOutput.result(aws.folder(), status, totals, findings, stuck);
        var mine = run.map(r -> ofRun(all, r)).orElse(List.of());
        return new RunReport(status, totals, findings, mine, stuck);
    }

    /** Whether nothing is left to mend. */
    boolean succeeded() {
        return status.equals("settled") || status.equals("draft");
    }

    /** Whether a letter of this run went out, or may have. */
    boolean sent() {
        return totals.outcomes().keySet().stream()
                .anyMatch(term ->
                        !List.of("duplicate", "skipped", "invalid", "pending").contains(term));
    }

    private static List<Map<String, Object>> ofRun(List<Map<String, Object>> sends, Map<String, Object> run) {
        return sends.stream()
                .filter(send -> run.get("run_id").equals(send.get("run")))
                .sorted(Comparator.comparing(send -> new java.math.BigDecimal(String.valueOf(send.get("row")))))
                .toList();
    }

    private static String stuck(LocalAws aws, ProgressWatch.End end, Totals totals) {
        var what = new ArrayList<String>();
        if (end.run().isEmpty()) what.add("no run was recorded for the list");
        if (aws.lost() > 0) what.add("Intake failed on " + aws.lost() + " event(s); see log.jsonl");
        if (!totals.hold()) what.add("the rows are not the sum of their outcomes: " + totals.line());
        if (!end.ended()) {
            what.add("nothing moved for a minute");
            what.add("on the dispatch queue: " + end.last().queued());
            what.add("on the feedback queue: " + end.last().feedback());
            what.add(totals.line());
        }
        return String.join("; ", what);
    }
}
