package dk.underret.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own for one measurement: its CPU time is nobody else's. It prints its result as one JSON object. */
final class Child {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Child() {}

    /** Runs a main class with this class path, and reads what it printed last. */
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

    /** Prints what was measured. */
    static void print(Map<String, ?> result) throws IOException {
        System.out.println(JSON.writeValueAsString(result));
    }

    /** CPU time of this process so far, its collector and compiler included, in ns. */
    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
