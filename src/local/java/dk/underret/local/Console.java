package dk.underret.local;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What the person who runs it sees. For a list of their own: codes, rows, totals, paths, and never a name, an address or a letter. */
final class Console {
    private static final int RECORDS = 20;
    private static final long PLAIN_LINE_EVERY = 3_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private ProgressWatch.Sight last = new ProgressWatch.Sight("", 0, 0, 0, 0, 0, 0);
    private long printedAt = System.nanoTime();
    private boolean live;

    /**
     * A console.
     *
     * @param terminal whether a line may be written over
     */
    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A line. */
    void say(String line) {
        endLive();
        out.println(line);
        out.flush();
    }

    /** Lines. */
    void say(List<String> lines) {
        lines.forEach(this::say);
    }

    /** How far it is: one line that is written over on a terminal, elsewhere a line now and then. */
    void progress(ProgressWatch.Sight now) {
        if (now.equals(last)) return;
        last = now;
        var line = now.status().isEmpty()
                ? "  checking the list"
                : "  " + now.status().toLowerCase(java.util.Locale.ROOT) + ": " + now.claimed() + " of " + now.rows()
                        + " rows taken up, " + now.accepted() + " letters accepted, " + now.done() + " rows settled";
        if (terminal) {
            out.print("\r\u001b[K" + line);
            out.flush();
            live = true;
        } else if (System.nanoTime() - printedAt > PLAIN_LINE_EVERY) {
            printedAt = System.nanoTime();
            out.println(line);
        }
    }

    /** The send records, the first of them where there are many. */
    void records(List<Map<String, Object>> sends) {
        if (sends.isEmpty()) return;
        say("");
        say(String.format(
                "  %-14s  %5s  %-10s  %7s  %-24s  %s", "recipient", "row", "status", "attempt", "since", "code"));
        for (var send : sends.subList(0, Math.min(RECORDS, sends.size()))) {
            var status = text(send, "status");
            var since = text(send, status.toLowerCase(java.util.Locale.ROOT) + "_at");
            var recipient = text(send, "recipient");
            say(String.format(
                    "  %-14s  %5s  %-10s  %7s  %-24s  %s",
                    recipient.substring(0, Math.min(13, recipient.length())) + "…",
                    text(send, "row"),
                    status,
                    text(send, "attempt"),
                    since,
                    text(send, "code")));
        }
        if (sends.size() > RECORDS) say("  … and " + (sends.size() - RECORDS) + " more in sends.csv");
    }

    /** A letter as text; of the sample only. */
    void letter(Journal.Message message) {
        say("");
        say("  To: " + String.join(", ", message.to()));
        say("  Subject: " + message.subject());
        say("");
        message.text().lines().forEach(line -> say("  | " + line));
    }

    private void endLive() {
        if (live) out.println();
        live = false;
    }

    private static String text(Map<String, Object> item, String name) {
        return String.valueOf(item.getOrDefault(name, ""));
    }
}
