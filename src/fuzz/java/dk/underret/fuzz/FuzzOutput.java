package dk.underret.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The results that a run of Jazzer printed.
 *
 * @param inputs the number of inputs that it ran
 * @param perSecond the number of inputs per second
 * @param coverage the number of edges in the code that it reached
 * @param corpus the number of inputs that each reach an edge that the others don't
 * @param failure the lines about the exception; empty if none was thrown
 */
record FuzzOutput(long inputs, long perSecond, long coverage, long corpus, List<String> failure) {
    private static final Pattern PROGRESS = Pattern.compile("#\\d+\\s.* cov: (\\d+) .*corp: (\\d+)/.*");
    private static final Pattern INPUTS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");
    private static final Pattern PER_SECOND = Pattern.compile("stat::average_exec_per_sec: +(\\d+)");
    private static final int MAX_LINES = 25;

    static FuzzOutput of(List<String> lines) {
        var failure = new ArrayList<String>();
        var thrown = false;
        for (var line : lines) {
            if (line.startsWith("==") && !line.contains("libFuzzer crashing input")) thrown = true;
            else if (line.startsWith("== libFuzzer") || line.startsWith("DEDUP_TOKEN")) thrown = false;
            if (thrown && failure.size() < MAX_LINES) failure.add(line);
        }
        return new FuzzOutput(
                last(lines, INPUTS, 1),
                last(lines, PER_SECOND, 1),
                last(lines, PROGRESS, 1),
                last(lines, PROGRESS, 2),
                List.copyOf(failure));
    }

    /** Returns the number in the last line that matches the pattern; 0 if none does. */
    private static long last(List<String> lines, Pattern form, int group) {
        var number = 0L;
        for (var line : lines) {
            var match = form.matcher(line);
            if (match.matches()) number = Long.parseLong(match.group(group));
        }
        return number;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d inputs, %,d per second; %,d edges covered by %,d of them",
                inputs,
                perSecond,
                coverage,
                corpus);
    }
}
