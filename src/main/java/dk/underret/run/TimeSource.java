package dk.underret.run;

import java.time.Duration;
import java.time.Instant;

/** The clocks that a sender goes by; tests move them by hand. */
public interface TimeSource {
    /** The machine's own. */
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

    /** The time of day, for records. It may jump. */
    Instant now();

    /** Nanoseconds since some moment, never going back. They may stand still while a sandbox is frozen. */
    long nanos();

    /** Lets time pass; nothing where {@code length} is zero or negative. */
    void sleep(Duration length) throws InterruptedException;
}
