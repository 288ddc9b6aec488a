package dk.underret.dispatch;

import dk.underret.run.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Spaces a notice's letters out at this sender's share of its {@code max_per_hour}. Lives as long as the sender, over its messages.
 * A turn that comes late is not made up for: senders that each keep their distance never send more in any hour.
 */
final class HourlyRateLimiter {
    /** A turn that is farther away is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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

    /** Keeps the distance to a letter that another sender, or this one before it was started anew, sent. */
    void after(Instant sent, int maxPerHour) {
        lock.lock();
        try {
            var since = Duration.between(sent, time.now()).toNanos();
            next = Math.max(next, time.nanos() + interval(maxPerHour) - Math.max(0, since));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a turn.
     *
     * @param until on the nano clock: a turn after it is not waited for
     * @return empty with the turn taken; else how far away it is
     */
    Optional<Duration> take(int maxPerHour, long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = next - time.nanos();
            if (left > PATIENCE.toNanos() || next >= until) return Optional.of(Duration.ofNanos(Math.max(0, left)));
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
