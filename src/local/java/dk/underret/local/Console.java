package dk.underret.local;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Prints the progress and the result of the local run. For a user's own list it prints codes, rows, totals and paths, but no names,
 * addresses or letters.
 */
final class Console {
    private static final int MAX_RECORDS = 20;
    private static final long PLAIN_LINE_INTERVAL_NANOS = 3_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private ProgressWatch.Progress last = new ProgressWatch.Progress("", 0, 0, 0, 0, 0, 0);
    private long printedAt = System.nanoTime();
    private boolean progressLineOpen;

    /**
     * Creates a console.
     *
     * @param terminal whether {@code out} is a terminal, on which a line can be overwritten
     */
    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints a line. */
    void print(String line) {
        endProgressLine();
        out.println(line);
        out.flush();
    }

    /** Prints lines. */
    void print(List<String> lines) {
        lines.forEach(this::print);
    }

    /** Shows the progress: in one line that is overwritten on a terminal, elsewhere in a new line every 3 s. */
    void progress(ProgressWatch.Progress now) {
        if (now.equals(last)) return;
        last = now;
        // A refused list has no rows.
        if (!now.status().isEmpty() && now.rows() == 0) return;
        var line = now.status().isEmpty()
                ? "  checking the list"
                : "  " + now.status().toLowerCase(java.util.Locale.ROOT) + ": " + now.claimed() + " of " + now.rows()
                        + " rows claimed, " + now.accepted() + " letters accepted by SES, " + now.settled()
                        + " rows settled";
        if (terminal) {
            out.print("\r\u001b[K" + line);
            out.flush();
            progressLineOpen = true;
        } else if (System.nanoTime() - printedAt > PLAIN_LINE_INTERVAL_NANOS) {
            printedAt = System.nanoTime();
            out.println(line);
        }
    }

    /** Prints the first {@value #MAX_RECORDS} send records. */
    void records(List<Map<String, Object>> sends) {
        if (sends.isEmpty()) return;
        print("");
        print("  Send records:");
        print(String.format(
                "  %-14s  %5s  %-10s  %7s  %-24s  %s", "recipient", "row", "status", "attempt", "since", "code"));
        for (var send : sends.subList(0, Math.min(MAX_RECORDS, sends.size()))) {
            var status = text(send, "status");
            var since = text(send, status.toLowerCase(java.util.Locale.ROOT) + "_at");
            var recipient = text(send, "recipient");
            print(String.format(
                    "  %-14s  %5s  %-10s  %7s  %-24s  %s",
                    recipient.substring(0, Math.min(13, recipient.length())) + "…",
                    text(send, "row"),
                    status,
                    text(send, "attempt"),
                    since,
                    text(send, "code")));
        }
        if (sends.size() > MAX_RECORDS) print("  … and " + (sends.size() - MAX_RECORDS) + " more in sends.csv");
    }

    /** Prints a letter as text. Call this for the sample only: a letter names a person. */
    void letter(Journal.Message message) {
        print("");
        print("  First letter:");
        print("  To: " + String.join(", ", message.to()));
        print("  Subject: " + message.subject());
        print("");
        message.text().lines().forEach(line -> print("  | " + line));
    }

    private void endProgressLine() {
        if (progressLineOpen) out.println();
        progressLineOpen = false;
    }

    private static String text(Map<String, Object> item, String name) {
        return String.valueOf(item.getOrDefault(name, ""));
    }
}
