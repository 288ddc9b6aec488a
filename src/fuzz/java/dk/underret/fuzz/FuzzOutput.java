package dk.underret.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a run of Jazzer printed.
 *
 * @param inputs how many it tried
 * @param perSecond how many a second
 * @param coverage edges of the code that it reached
 * @param kept inputs that each reach something that the others don't
 * @param why what was thrown; empty where nothing was
 */
record FuzzOutput(long inputs, long perSecond, long coverage, long kept, List<String> why) {
    private static final Pattern PROGRESS = Pattern.compile("#\\d+\\s.* cov: (\\d+) .*corp: (\\d+)/.*");
    private static final Pattern INPUTS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");
    private static final Pattern PER_SECOND = Pattern.compile("stat::average_exec_per_sec: +(\\d+)");
    private static final int MOST_LINES = 25;

    static FuzzOutput of(List<String> lines) {
        var why = new ArrayList<String>();
        var thrown = false;
        for (var line : lines) {
            if (line.startsWith("==") && !line.contains("libFuzzer crashing input")) thrown = true;
            else if (line.startsWith("== libFuzzer") || line.startsWith("DEDUP_TOKEN")) thrown = false;
            if (thrown && why.size() < MOST_LINES) why.add(line);
        }
        return new FuzzOutput(
                last(lines, INPUTS, 1),
                last(lines, PER_SECOND, 1),
                last(lines, PROGRESS, 1),
                last(lines, PROGRESS, 2),
                List.copyOf(why));
    }

    /** The number in the last line of this form; 0 where there is none. */
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
                "%,d inputs, %,d a second; %,d edges covered by %,d of them",
                inputs,
                perSecond,
                coverage,
                kept);
    }
}
