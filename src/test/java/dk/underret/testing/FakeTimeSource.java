package dk.underret.testing;

import dk.underret.run.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks, moved by hand and by sleeping. */
public final class FakeTimeSource implements TimeSource {
    /** When it starts. */
    public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong setBack = new AtomicLong();

    /** Lets time pass. */
    public void pass(Duration length) {
        nanos.addAndGet(length.toNanos());
    }

    /** Sets the time of day back; the nano clock goes on. */
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
