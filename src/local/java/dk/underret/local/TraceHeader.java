package dk.underret.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trace header that goes with an invocation, and by SDK and queue on to what it causes. Lambda counts in it how often a chain
 * came through each function, and takes 16 times for a loop.
 *
 * @param root the chain's id, {@code Root=…}
 * @param lineage invocations in this chain by function
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html">Recursive loop detection</a>
 */
record TraceHeader(String root, Map<String, Integer> lineage) {
    /** Lambda stops a chain that came so often through a function. */
    static final int LIMIT = 16;

    /** The start of a chain. */
    static TraceHeader start() {
        var id = java.util.UUID.randomUUID().toString().replace("-", "");
        return new TraceHeader("1-" + id.substring(0, 8) + "-" + id.substring(8), Map.of());
    }

    /** Reads a header; without one, or with one that has no root, a chain starts. */
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

    /** How often this chain came through a function. */
    int hops(String function) {
        return lineage.getOrDefault(id(function), 0);
    }

    /** One more time through a function. */
    TraceHeader through(String function) {
        var more = new LinkedHashMap<>(lineage);
        more.merge(id(function), 1, Integer::sum);
        return new TraceHeader(root, more);
    }

    /** As the header has it. */
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
