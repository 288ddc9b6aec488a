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

/**
 * Decides whether letters of one chunk may be sent: checks the account's hold and the notice's current facts, which a person or a
 * circuit breaker may change at any time. Reads both at the start and then once per second.
 */
final class SendGate {
    private static final long REFRESH_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Incidents incidents;
    private final NoticeId notice;
    private final Hold.Probe chunk;
    private final TimeSource time;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile State state;

    SendGate(Incidents incidents, NoticeId notice, Hold.Probe chunk, TimeSource time) {
        this.incidents = incidents;
        this.notice = notice;
        this.chunk = chunk;
        this.time = time;
        this.state = read();
    }

    /** Returns why no letter of this chunk may be sent now; empty when sending is allowed, also for a probe. */
    Optional<StopReason> refusal() {
        refreshIfDue();
        var current = state;
        if (current.hold().isPresent() && probing().isEmpty()) return Optional.of(StopReason.HOLD);
        return StopReason.ofNotice(current.facts(), time.now());
    }

    /** Returns the hold that this chunk probes with one row; empty when there is no hold, or this chunk is not its probe. */
    Optional<Hold> probing() {
        return state.hold().filter(hold -> hold.lets(chunk.run(), chunk.chunk()));
    }

    /** Returns the maximum number of letters per hour for all senders together; empty without a limit. */
    Optional<Integer> maxPerHour() {
        return state.facts().maxPerHour().filter(max -> max > 0);
    }

    /** Puts the whole account on hold. */
    void hold(Hold.HoldReason reason) {
        incidents.hold(Hold.of(reason, time.now()));
    }

    /** Pauses the notice until a person resumes it. */
    void pause() {
        incidents.pause(notice, time.now());
    }

    /** Records whether the probe succeeded. */
    void probed(Hold hold, boolean succeeded) {
        incidents.change(hold, Optional.of(hold.probed(succeeded)));
    }

    private void refreshIfDue() {
        if (time.nanos() - state.readAt() < REFRESH_INTERVAL || !refreshing.tryLock()) return;
        try {
            state = read();
        } finally {
            refreshing.unlock();
        }
    }

    private State read() {
        return new State(incidents.hold(), incidents.current(notice), time.nanos());
    }

    private record State(Optional<Hold> hold, Incident facts, long readAt) {}
}
