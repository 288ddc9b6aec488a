package dk.underret.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Fuzzes one target after the other and prints what came of each. System properties: {@code fuzz} (for how long each, as {@code
 * 60s} or {@code 5m}), {@code targets} (which, separated by commas; all unless set), {@code fuzz.seed} (of its random numbers; by chance unless
 * set). Ends with 1 where anything was found.
 */
public final class FuzzRun {
    private final PrintStream out;
    private final Duration time;

    /** Of the fuzzer's random numbers; by chance where it is empty. */
    private final String seed;

    private FuzzRun(PrintStream out, Duration time, String seed) {
        this.out = out;
        this.time = time;
        this.seed = seed;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var run = new FuzzRun(
                out, Duration.parse("PT" + System.getProperty("fuzz")), System.getProperty("fuzz.seed", ""));
        var wanted = System.getProperty("targets", "").isBlank()
                ? List.of(FuzzTarget.values())
                : Arrays.stream(System.getProperty("targets")
                                .toUpperCase(java.util.Locale.ROOT)
                                .split(","))
                        .map(FuzzTarget::valueOf)
                        .toList();
        var failed = 0;
        for (var target : wanted) if (!run.holds(target)) failed++;
        if (failed > 0) out.println("\n  " + failed + " of " + wanted.size() + " targets failed.");
        System.exit(failed == 0 ? 0 : 1);
    }

    private boolean holds(FuzzTarget target) throws Exception {
        var findings = cleared(target.folder().resolve("findings"));
        Files.createDirectories(target.folder().resolve("corpus"));
        var log = target.folder().resolve("log.txt");
        var status = fuzzed(target, log);
        var output = FuzzOutput.of(Files.readAllLines(log));
        var found = files(findings);
        out.printf("%n  %-8s %s; %s%n", target, output, found.isEmpty() ? "no finding" : found.size() + " found");
        for (var input : found) {
            output.why().forEach(line -> out.println("    " + line));
            out.println("    The input: " + input);
            out.println("    Every build tries it from here: " + target.inputs().resolve("what-it-shows"));
        }
        if (found.isEmpty() && status != 0) out.println("    It ended with " + status + ", see " + log);
        return found.isEmpty() && status == 0;
    }

    private int fuzzed(FuzzTarget target, Path log) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        // Little memory, so that what takes much of it is found.
        command.addAll(List.of("-Xmx768m", "-Xss1m", "-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow"));
        command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.test()));
        command.addAll(List.of("--hooks=true", "-max_total_time=" + time.toSeconds(), "-timeout=20"));
        command.addAll(List.of("-print_final_stats=1", "-rss_limit_mb=0"));
        if (!seed.isBlank()) command.add("-seed=" + seed);
        command.add("-artifact_prefix=" + target.folder().resolve("findings").toAbsolutePath() + File.separator);
        command.add(target.folder().resolve("corpus").toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return process.waitFor();
    }

    private static Path cleared(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : files(folder)) Files.delete(file);
        return folder;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
