package dk.underret.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, in order: in words where a seed is replayed, and always as one number, by which two runs are compared. */
final class EventTrace {
    private static final int WIDTH = 100;

    private final Scheduler scheduler;
    private final boolean inWords;
    private final List<String> lines = new ArrayList<>();
    private long hash;

    EventTrace(Scheduler scheduler, boolean inWords) {
        this.scheduler = scheduler;
        this.inWords = inWords;
    }

    void note(Object who, String what, Object... about) {
        hash = 31 * (31 * hash + what.hashCode()) + scheduler.nanos();
        if (!inWords) return;
        var line = new StringBuilder("%12.3f s %s %s".formatted(scheduler.nanos() / 1e9, who, what));
        for (var thing : about) line.append(' ').append(brief(String.valueOf(thing)));
        lines.add(line.toString());
    }

    private static String brief(String text) {
        var line = text.replace('\n', ' ');
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return lines;
    }
}
