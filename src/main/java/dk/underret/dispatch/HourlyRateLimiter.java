package dk.underret.dispatch;

import dk.underret.run.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits a notice's letters to this sender's share of {@code max_per_hour}. Lives as long as the sender, across messages.
 *
 * <p>Every two permits are at least one interval apart, and a late permit is not made up for. So senders that each keep their
 * interval never exceed the limit in any hour.
 */
final class HourlyRateLimiter {
    /** Waits no longer than this for a permit. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private static final double HOUR = Duration.ofHours(1).toNanos();

    private final TimeSource time;
    private final int senders;
    private final ReentrantLock lock = new ReentrantLock(true);
    private long next;

    HourlyRateLimiter(TimeSource time, int senders) {
        this.time = time;
        this.senders = senders;
        this.next = time.nanos();
    }

    /** Records a letter of another sender, or of this one before a restart: the next permit is one interval after it. */
    void recordSent(Instant sent, int maxPerHour) {
        lock.lock();
        try {
            var since = Duration.between(sent, time.now()).toNanos();
            next = Math.max(next, time.nanos() + interval(maxPerHour) - Math.max(0, since));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a permit.
     *
     * @param until time of {@link TimeSource#nanos}; does not wait for a permit after it
     * @return empty when the permit was acquired; else the time until the next permit
     */
    Optional<Duration> acquire(int maxPerHour, long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = next - time.nanos();
            if (left > MAX_WAIT.toNanos() || next >= until) return Optional.of(Duration.ofNanos(Math.max(0, left)));
            for (; left > 0; left = next - time.nanos()) time.sleep(Duration.ofNanos(left));
            next = time.nanos() + interval(maxPerHour);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private long interval(int maxPerHour) {
        return (long) Math.ceil(HOUR * senders / maxPerHour);
    }
}
