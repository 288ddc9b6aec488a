package dk.underret.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A separate JVM for one measurement, so that its CPU time includes nothing else. It prints its result as one JSON object. */
final class Child {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Child() {}

    /** Runs a main class with this JVM's class path, and returns the last line that it printed. */
    static JsonNode run(List<String> options, Class<?> main, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0 || lines.isEmpty())
            throw new IllegalStateException(main.getSimpleName() + " failed:\n" + String.join("\n", lines));
        return JSON.readTree(lines.getLast());
    }

    /** Prints a result as JSON. */
    static void print(Map<String, ?> result) throws IOException {
        System.out.println(JSON.writeValueAsString(result));
    }

    /** Returns the CPU time of this process so far in nanoseconds, including its garbage collector and compiler. */
    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
