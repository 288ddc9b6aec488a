package dk.underret.dispatch;

import dk.underret.run.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits sending to this sender's share of SES's rate.
 *
 * <p>Permits are evenly spaced, and a permit that is up to 50 ms late is made up for. Even so, no second contains more permits than
 * the rate, rounded up to a whole number <i>n</i>: a permit waits until the <i>n</i>th permit before it is one second old.
 * Throttling halves the rate, at most once per second; each second after that restores a twentieth of the full rate.
 */
final class RateLimiter {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** The lateness that is made up for. */
    private static final long MAX_CATCH_UP = Duration.ofMillis(50).toNanos();

    private static final double MIN_SHARE = 1.0 / 32;
    private static final double RECOVERY_PER_SECOND = 1.0 / 20;

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
    private volatile double perSecond;
    private volatile Slowdown slowdown;
    private long next;

    /** Creates a limiter at the full rate. The first permit is available at once. */
    RateLimiter(TimeSource time, double perSecond) {
        this.time = time;
        this.perSecond = perSecond;
        this.slowdown = new Slowdown(1, time.nanos());
        this.next = time.nanos();
    }

    /** Sets the full rate, in letters per second, from the next permit on. */
    void setRate(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Returns the current rate, including any slowdown, in letters per second. */
    double currentRate() {
        return perSecond * slowdown.share(time.nanos());
    }

    /** Halves the rate because SES throttled a request. Does nothing within one second of the last slowdown. */
    void slowDown() {
        lock.lock();
        try {
            var now = time.nanos();
            var share = slowdown.share(now);
            if (slowdown.share < 1 && now - slowdown.at < SECOND) return;
            slowdown = new Slowdown(Math.max(MIN_SHARE, share / 2), now);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a permit. Callers get permits in the order in which they ask. */
    void acquire() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var rate = currentRate();
            var interval = (long) (SECOND / rate);
            next = Math.max(next, time.nanos() - MAX_CATCH_UP);
            waitUntil(next);
            while (lastSecond.size() >= Math.ceil(rate)) {
                waitUntil(lastSecond.getFirst() + SECOND);
                removeOld();
            }
            lastSecond.addLast(time.nanos());
            next += interval;
        } finally {
            lock.unlock();
        }
    }

    private void removeOld() {
        var now = time.nanos();
        while (!lastSecond.isEmpty() && now - lastSecond.getFirst() >= SECOND) lastSecond.removeFirst();
    }

    private void waitUntil(long nanos) throws InterruptedException {
        for (var left = nanos - time.nanos(); left > 0; left = nanos - time.nanos()) time.sleep(Duration.ofNanos(left));
    }

    /**
     * The state after SES last throttled.
     *
     * @param share the share of the full rate that was left, from 0 to 1
     * @param at time of {@link TimeSource#nanos}
     */
    private record Slowdown(double share, long at) {
        double share(long now) {
            return Math.min(1, share + RECOVERY_PER_SECOND * (now - at) / SECOND);
        }
    }
}
