package dk.underret.dispatch;

import dk.underret.run.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Spaces letters out at this sender's share of SES's rate.
 *
 * <p>Turns come evenly, and a turn that comes late is made up for; but within any second there are never more turns than the
 * rate (rounded up to a whole number): a turn waits until the one that many before it is a second old. Throttling halves the
 * rate, at most once a second; each second after that gives back a twentieth of it.
 */
final class RateLimiter {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** How far behind its schedule a sender may fall and still make up for it. */
    private static final long LATENESS = Duration.ofMillis(50).toNanos();

    private static final double LEAST_SHARE = 1.0 / 32;
    private static final double RECOVERY_A_SECOND = 1.0 / 20;

    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
    private volatile double perSecond;
    private volatile Slowdown slowdown;
    private long next;

    /** Starts at full rate with a turn at once. */
    RateLimiter(TimeSource time, double perSecond) {
        this.time = time;
        this.perSecond = perSecond;
        this.slowdown = new Slowdown(1, time.nanos());
        this.next = time.nanos();
    }

    /** Changes the rate, from the next turn on. */
    void rate(double perSecond) {
        this.perSecond = perSecond;
    }

    /** The rate now, slowed or not, in letters a second. */
    double current() {
        return perSecond * slowdown.share(time.nanos());
    }

    /** SES said that it was too fast. */
    void throttled() {
        lock.lock();
        try {
            var now = time.nanos();
            var share = slowdown.share(now);
            if (slowdown.share < 1 && now - slowdown.at < SECOND) return;
            slowdown = new Slowdown(Math.max(LEAST_SHARE, share / 2), now);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a turn. Turns are given one at a time, in the order of asking. */
    void take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var rate = current();
            var interval = (long) (SECOND / rate);
            next = Math.max(next, time.nanos() - LATENESS);
            waitUntil(next);
            forget();
            while (lastSecond.size() >= Math.ceil(rate)) {
                waitUntil(lastSecond.getFirst() + SECOND);
                forget();
            }
            lastSecond.addLast(time.nanos());
            next += interval;
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        var now = time.nanos();
        while (!lastSecond.isEmpty() && now - lastSecond.getFirst() >= SECOND) lastSecond.removeFirst();
    }

    private void waitUntil(long nanos) throws InterruptedException {
        for (var left = nanos - time.nanos(); left > 0; left = nanos - time.nanos()) time.sleep(Duration.ofNanos(left));
    }

    /**
     * How much of the rate was left when SES last throttled.
     *
     * @param share 0 to 1
     * @param at on the nano clock
     */
    private record Slowdown(double share, long at) {
        double share(long now) {
            return Math.min(1, share + RECOVERY_A_SECOND * (now - at) / SECOND);
        }
    }
}
