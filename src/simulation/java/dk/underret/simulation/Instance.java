package dk.underret.simulation;

import dk.underret.ledger.SendKey;
import dk.underret.run.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** One process: what a function keeps between two invocations is gone with it. Its clock may be off. */
final class Instance implements TimeSource {
    /** When every simulation starts. */
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final String function;
    private final Scheduler scheduler;
    private final Duration clockOff;
    /** Claims whose outcome is not recorded yet, with their tokens. */
    private final Map<SendKey, String> inFlight = new HashMap<>();

    private boolean ended;
    private long endsAt = Long.MAX_VALUE;
    private long frozenUntil;
    private long frozenFor;

    Instance(String function, Scheduler scheduler, Duration clockOff) {
        this.function = function;
        this.scheduler = scheduler;
        this.clockOff = clockOff;
    }

    /** Begins an invocation that is stopped after this long. */
    void invoked(Duration remaining) {
        endsAt = scheduler.nanos() + remaining.toNanos();
    }

    /** Ends the process. */
    void end() {
        ended = true;
    }

    /** Whether it has ended, or its time has run out. */
    boolean ended() {
        if (scheduler.nanos() > endsAt) ended = true;
        return ended;
    }

    /** Stops all its threads for this long. The nano clock stands still meanwhile, and so does the time that is left. */
    void freeze(Duration length) {
        if (frozen().isPositive()) return;
        frozenUntil = scheduler.nanos() + length.toNanos();
        frozenFor += length.toNanos();
        if (endsAt != Long.MAX_VALUE) endsAt += length.toNanos();
    }

    /** Lets a thread of it stand still for as long as it does. */
    void thaw() {
        for (var left = frozen(); left.isPositive(); left = frozen()) scheduler.sleep(left);
    }

    private Duration frozen() {
        return Duration.ofNanos(Math.max(0, frozenUntil - scheduler.nanos()));
    }

    Map<SendKey, String> inFlight() {
        return inFlight;
    }

    @Override
    public Instant now() {
        return START.plusNanos(scheduler.nanos()).plus(clockOff);
    }

    @Override
    public long nanos() {
        return scheduler.nanos() - frozenFor + frozen().toNanos();
    }

    @Override
    public void sleep(Duration length) {
        scheduler.sleep(length);
        thaw();
        if (ended()) throw new ProcessCrash();
    }

    @Override
    public String toString() {
        return function + "@" + Integer.toHexString(hashCode());
    }

    /** Its time of day as a clock. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now();
            }
        };
    }
}
