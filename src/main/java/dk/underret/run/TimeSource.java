package dk.underret.run;

import java.time.Duration;
import java.time.Instant;

/** The clocks of a worker. Tests replace them and advance them by hand. */
public interface TimeSource {
    /** The system's clocks. */
    TimeSource SYSTEM = new TimeSource() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration length) throws InterruptedException {
            Thread.sleep(length);
        }
    };

    /** Returns the wall-clock time, for records. It may jump in both directions. */
    Instant now();

    /** Returns nanoseconds since an arbitrary origin, never decreasing. They may stop while a sandbox is frozen. */
    long nanos();

    /** Sleeps. Returns at once when {@code length} is zero or negative. */
    void sleep(Duration length) throws InterruptedException;
}
