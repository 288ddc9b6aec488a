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
 * Fuzzes the targets one by one and prints their results. System properties: {@code fuzz} (the time for each target, such as {@code
 * 60s} or {@code 5m}; {@code 0s} replays seeds and kept inputs, and generates none), {@code targets} (names, separated by commas;
 * default: all), {@code fuzz.seed} (of the fuzzer's random numbers; default: a random seed). Exits with 1 if a target failed.
 */
public final class FuzzRun {
    private final PrintStream out;
    private final Duration time;

    /** The seed of the fuzzer's random numbers; empty for a random one. */
    private final String seed;

    private FuzzRun(PrintStream out, Duration time, String seed) {
        this.out = out;
        this.time = time;
        this.seed = seed;
    }

    /** Runs the fuzzer. */
    public static void main(String[] arguments) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var run = new FuzzRun(
                out, Duration.parse("PT" + System.getProperty("fuzz")), System.getProperty("fuzz.seed", ""));
        var targets = System.getProperty("targets", "").isBlank()
                ? List.of(FuzzTarget.values())
                : Arrays.stream(System.getProperty("targets")
                                .toUpperCase(java.util.Locale.ROOT)
                                .split(","))
                        .map(FuzzTarget::valueOf)
                        .toList();
        var failed = 0;
        for (var target : targets) if (!run.passes(target)) failed++;
        if (failed > 0) out.println("\n  " + failed + " of " + targets.size() + " targets failed.");
        System.exit(failed == 0 ? 0 : 1);
    }

    private boolean passes(FuzzTarget target) throws Exception {
        var findings = clear(target.folder().resolve("findings"));
        Files.createDirectories(target.folder().resolve("corpus"));
        var log = target.folder().resolve("log.txt");
        var status = fuzz(target, log);
        var output = FuzzOutput.of(Files.readAllLines(log));
        var found = files(findings);
        out.printf("%n  %-8s %s; %s%n", target, output, found.isEmpty() ? "no finding" : found.size() + " findings");
        for (var input : found) {
            output.failure().forEach(line -> out.println("    " + line));
            out.println("    Input: " + input);
            out.println("    To run it in every build, copy it to "
                    + target.inputs().resolve("<description>"));
        }
        if (found.isEmpty() && status != 0) out.println("    The fuzzer exited with " + status + ", see " + log);
        return found.isEmpty() && status == 0;
    }

    private int fuzz(FuzzTarget target, Path log) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        // A small heap, so that excessive use of memory is found.
        command.addAll(List.of("-Xmx768m", "-Xss1m", "-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow"));
        command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.test()));
        command.addAll(List.of("--hooks=true", "-timeout=20"));
        command.add(time.isZero() ? "-runs=0" : "-max_total_time=" + time.toSeconds());
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

    private static Path clear(Path folder) throws IOException {
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
