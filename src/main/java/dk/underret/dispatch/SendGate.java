package dk.underret.dispatch;

import dk.underret.incident.Hold;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The brakes on one chunk: the account's hold, and what a person or a breaker set on its notice. Read at the start and every second. */
final class SendGate {
    private static final long READ_EVERY = Duration.ofSeconds(1).toNanos();

    private final Incidents incidents;
    private final NoticeId notice;
    private final Hold.Probe chunk;
    private final TimeSource time;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile State state;

    SendGate(Incidents incidents, NoticeId notice, Hold.Probe chunk, TimeSource time) {
        this.incidents = incidents;
        this.notice = notice;
        this.chunk = chunk;
        this.time = time;
        this.state = read();
    }

    /** Why no letter of this chunk may go out now; empty when it may. A chunk that is let out as a probe may. */
    Optional<StopReason> refusal() {
        readAgain();
        var now = state;
        if (now.hold().isPresent() && probing().isEmpty()) return Optional.of(StopReason.HOLD);
        return StopReason.ofNotice(now.facts(), time.now());
    }

    /** The hold in spite of which this chunk may send one row; empty where it may send none, or all. */
    Optional<Hold> probing() {
        return state.hold().filter(hold -> hold.lets(chunk.run(), chunk.chunk()));
    }

    /** At most this many letters an hour, over all senders. */
    Optional<Integer> maxPerHour() {
        return state.facts().maxPerHour().filter(most -> most > 0);
    }

    /** Keeps everybody's letters back. */
    void hold(Hold.HoldReason reason) {
        incidents.hold(Hold.of(reason, time.now()));
    }

    /** Stops the notice until a person lifts it. */
    void pause() {
        incidents.pause(notice);
    }

    /** Says what became of the probe's row. */
    void probed(Hold hold, boolean taken) {
        incidents.change(hold, Optional.of(hold.probed(taken)));
    }

    private void readAgain() {
        if (time.nanos() - state.at() < READ_EVERY || !reading.tryLock()) return;
        try {
            state = read();
        } finally {
            reading.unlock();
        }
    }

    private State read() {
        return new State(incidents.hold(), incidents.current(notice), time.nanos());
    }

    private record State(Optional<Hold> hold, Incident facts, long at) {}
}
