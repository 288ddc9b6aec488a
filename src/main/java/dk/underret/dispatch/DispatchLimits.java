package dk.underret.dispatch;

import java.time.Duration;

/**
 * What it keeps to.
 *
 * @param senders how many share SES's rate, 1 or more
 * @param staleAfter age from which another sender's claim counts as abandoned
 * @param reserve what is kept of the remaining time for the letters in flight (claim, POST of 10 s, settle) and the
 *     hand-over
 * @param inFlight how many letters are in flight at once at most, 1 or more; fewer where SES's rate needs no more
 */
public record DispatchLimits(int senders, Duration staleAfter, Duration reserve, int inFlight) {
    /** What one sender's memory and connections are made for. */
    static final int MOST_IN_FLIGHT = 100;

    /** With a reserve of 30 s, and as many letters in flight as SES's rate needs. */
    public DispatchLimits(int senders, Duration staleAfter) {
        this(senders, staleAfter, Duration.ofSeconds(30), MOST_IN_FLIGHT);
    }
}
