package dk.underret.local;

/** A rate limiter: a number of tokens per second, with bursts of up to one second's tokens. Thread-safe. */
final class TokenBucket {
    private final double rate;
    private final double capacity;
    private double tokens;
    private long lastRefill = System.nanoTime();

    TokenBucket(double rate) {
        this.rate = rate;
        this.capacity = Math.max(1, rate);
        this.tokens = capacity;
    }

    /** Takes a token and returns true, or returns false if there is none. */
    synchronized boolean tryTake() {
        var now = System.nanoTime();
        tokens = Math.min(capacity, tokens + (now - lastRefill) / 1e9 * rate);
        lastRefill = now;
        if (tokens < 1) return false;
        tokens--;
        return true;
    }
}
