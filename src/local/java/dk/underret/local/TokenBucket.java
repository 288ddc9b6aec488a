package dk.underret.local;

/** So many a second, and no more than a second's worth at once. Thread-safe. */
final class TokenBucket {
    private final double rate;
    private final double most;
    private double tokens;
    private long at = System.nanoTime();

    TokenBucket(double rate) {
        this.rate = rate;
        this.most = Math.max(1, rate);
        this.tokens = most;
    }

    /** Takes one, if there is one. */
    synchronized boolean take() {
        var now = System.nanoTime();
        tokens = Math.min(most, tokens + (now - at) / 1e9 * rate);
        at = now;
        if (tokens < 1) return false;
        tokens--;
        return true;
    }
}
