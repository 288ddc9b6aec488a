package dk.underret.testing;

import dk.underret.run.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A time source whose clocks advance only when a test or a sleep advances them. */
public final class FakeTimeSource implements TimeSource {
    /** The start time. */
    public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong setBack = new AtomicLong();

    /** Advances both clocks. */
    public void pass(Duration length) {
        nanos.addAndGet(length.toNanos());
    }

    /** Sets the time of day back. The nano clock doesn't change. */
    public void setBack(Duration length) {
        setBack.addAndGet(length.toNanos());
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get() - setBack.get());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration length) {
        if (length.isPositive()) pass(length);
    }
}
