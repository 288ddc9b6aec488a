package dk.underret.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trace header of an invocation. The SDK and the queues propagate it to the invocations that follow. Lambda counts in it how
 * often a chain has invoked each function, and stops the chain as a loop after 16 times.
 *
 * @param root id of the chain, {@code Root=…}
 * @param lineage number of invocations in this chain by function
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html">Recursive loop detection</a>
 */
record TraceHeader(String root, Map<String, Integer> lineage) {
    /** The number of invocations of a function after which Lambda stops a chain. */
    static final int LIMIT = 16;

    /** Starts a chain. */
    static TraceHeader start() {
        var id = java.util.UUID.randomUUID().toString().replace("-", "");
        return new TraceHeader("1-" + id.substring(0, 8) + "-" + id.substring(8), Map.of());
    }

    /** Parses a header. Starts a chain if there is no header or it has no root. */
    static TraceHeader of(Optional<String> header) {
        var root = Optional.<String>empty();
        var lineage = new LinkedHashMap<String, Integer>();
        for (var field : header.orElse("").split(";")) {
            if (field.startsWith("Root=")) root = Optional.of(field.substring(5));
            if (!field.startsWith("Lineage=")) continue;
            for (var hop : field.substring(8).split("\\|")) {
                var parts = hop.split(":");
                lineage.put(parts[0], Integer.parseInt(parts[1]));
            }
        }
        return root.map(r -> new TraceHeader(r, Map.copyOf(lineage))).orElseGet(TraceHeader::start);
    }

    /** Returns how often this chain has invoked a function. */
    int hops(String function) {
        return lineage.getOrDefault(id(function), 0);
    }

    /** Returns the header of the next invocation of a function. */
    TraceHeader through(String function) {
        var more = new LinkedHashMap<>(lineage);
        more.merge(id(function), 1, Integer::sum);
        return new TraceHeader(root, more);
    }

    /** Returns the value of the header. */
    String header() {
        var hops = new StringBuilder();
        lineage.forEach((id, count) ->
                hops.append(hops.isEmpty() ? "" : "|").append(id).append(':').append(count));
        return "Root=" + root + ";Parent=" + root.substring(root.length() - 16) + ";Sampled=0"
                + (hops.isEmpty() ? "" : ";Lineage=" + hops);
    }

    private static String id(String function) {
        return String.format("%08x", function.hashCode());
    }
}
