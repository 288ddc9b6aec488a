package dk.underret.simulation;

import java.util.ArrayList;
import java.util.List;

/** A log of the events of one seed. Keeps a hash, by which two runs are compared, and the text of the events if it is verbose. */
final class EventTrace {
    private static final int MAX_WIDTH = 100;

    private final Scheduler scheduler;
    private final boolean verbose;
    private final List<String> lines = new ArrayList<>();
    private long hash;

    EventTrace(Scheduler scheduler, boolean verbose) {
        this.scheduler = scheduler;
        this.verbose = verbose;
    }

    void note(Object source, String event, Object... details) {
        hash = 31 * (31 * hash + event.hashCode()) + scheduler.nanos();
        if (!verbose) return;
        var line = new StringBuilder("%12.3f s %s %s".formatted(scheduler.nanos() / 1e9, source, event));
        for (var detail : details) line.append(' ').append(shorten(String.valueOf(detail)));
        lines.add(line.toString());
    }

    private static String shorten(String text) {
        var line = text.replace('\n', ' ');
        return line.length() <= MAX_WIDTH ? line : line.substring(0, MAX_WIDTH) + "…";
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return lines;
    }
}
