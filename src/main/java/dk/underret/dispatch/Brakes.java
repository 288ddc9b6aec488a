package dk.underret.dispatch;

import dk.underret.dispatch.Dispatched.Reason;
import dk.underret.incident.Hold;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.Incidents.Facts;
import dk.underret.incident.NoticeId;
import dk.underret.incident.NoticeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The brakes on one chunk: the account's hold, and what a person or a breaker set on its notice. Read at the start and every second. */
final class Brakes {
    private static final long READ_EVERY = Duration.ofSeconds(1).toNanos();

    private final Incidents incidents;
    private final NoticeId notice;
    private final Hold.Probe chunk;
    private final Time time;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile State state;

    Brakes(Incidents incidents, NoticeId notice, Hold.Probe chunk, Time time) {
        this.incidents = incidents;
        this.notice = notice;
        this.chunk = chunk;
        this.time = time;
        this.state = read();
    }

    /** Why no letter of this chunk may go out now; empty when it may. A chunk that is let out as a probe may. */
    Optional<Reason> refusal() {
        readAgain();
        var now = state;
        if (now.hold().isPresent() && probing().isEmpty()) return Optional.of(Reason.HOLD);
        return ofNotice(now.facts(), time.now());
    }

    /** Why no letter of a notice may go out. Also closed facts stop it: whoever closed them means it. */
    static Optional<Reason> ofNotice(Incident facts, Instant now) {
        if (facts.paused() || facts.status() == NoticeStatus.CLOSED) return Optional.of(Reason.PAUSED);
        return facts.sendAfter().filter(moment -> now.isBefore(moment.earliest())).map(moment -> Reason.NOT_YET);
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
    void hold(Hold.Reason reason) {
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

    /** A notice's facts as they stand now, brakes included. */
    static Incident facts(Incidents incidents, NoticeId notice) {
        return Incident.of(
                notice,
                incidents.incident(notice.incident()).map(Facts::facts).orElse(Map.of()),
                incidents.notice(notice).map(Facts::facts));
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
        return new State(incidents.hold(), facts(incidents, notice), time.nanos());
    }

    private record State(Optional<Hold> hold, Incident facts, long at) {}
}
