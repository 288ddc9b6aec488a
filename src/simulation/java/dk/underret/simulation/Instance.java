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

/** One process of a function. It keeps the function's state between two invocations. Its clock may be skewed. */
final class Instance implements TimeSource {
    /** The time at which every simulation starts. */
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final String function;
    private final Scheduler scheduler;
    private final Duration clockSkew;
    /** Tokens of the claims whose outcome is not recorded yet. */
    private final Map<SendKey, String> inFlight = new HashMap<>();

    private boolean ended;
    private long deadline = Long.MAX_VALUE;
    private long frozenUntil;
    private long frozenFor;

    Instance(String function, Scheduler scheduler, Duration clockSkew) {
        this.function = function;
        this.scheduler = scheduler;
        this.clockSkew = clockSkew;
    }

    /** Begins an invocation with this timeout. */
    void beginInvocation(Duration timeout) {
        deadline = scheduler.nanos() + timeout.toNanos();
    }

    void end() {
        ended = true;
    }

    /** Returns whether the process has ended or its invocation has timed out. */
    boolean ended() {
        if (scheduler.nanos() > deadline) ended = true;
        return ended;
    }

    /** Stops all threads of the process for this long. Its nano clock and its timeout stop as well. */
    void freeze(Duration length) {
        if (freezeLeft().isPositive()) return;
        frozenUntil = scheduler.nanos() + length.toNanos();
        frozenFor += length.toNanos();
        if (deadline != Long.MAX_VALUE) deadline += length.toNanos();
    }

    /** Blocks the calling thread until the process is no longer frozen. */
    void awaitThaw() {
        for (var left = freezeLeft(); left.isPositive(); left = freezeLeft()) scheduler.sleep(left);
    }

    private Duration freezeLeft() {
        return Duration.ofNanos(Math.max(0, frozenUntil - scheduler.nanos()));
    }

    Map<SendKey, String> inFlight() {
        return inFlight;
    }

    @Override
    public Instant now() {
        return START.plusNanos(scheduler.nanos()).plus(clockSkew);
    }

    @Override
    public long nanos() {
        return scheduler.nanos() - frozenFor + freezeLeft().toNanos();
    }

    @Override
    public void sleep(Duration length) {
        scheduler.sleep(length);
        awaitThaw();
        if (ended()) throw new ProcessCrash();
    }

    @Override
    public String toString() {
        return function + "@" + Integer.toHexString(hashCode());
    }

    /** Returns a clock with the time of day of this process. */
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
