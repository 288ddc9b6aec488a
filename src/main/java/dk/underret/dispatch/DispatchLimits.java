package dk.underret.dispatch;

import java.time.Duration;

/**
 * The limits of a dispatcher.
 *
 * @param senders number of senders that share SES's rate, 1 or more
 * @param staleAfter age from which another sender's claim counts as abandoned
 * @param reserve part of the remaining time that is kept for the letters in flight (claim, POST of up to 10 s, settle) and for
 *     the hand-over
 * @param inFlight maximum number of letters in flight, 1 or more; fewer when SES's rate needs no more
 */
public record DispatchLimits(int senders, Duration staleAfter, Duration reserve, int inFlight) {
    /** The number of letters in flight that one sender's memory and connections are sized for. */
    static final int MAX_IN_FLIGHT = 100;

    /** One SendEmail call takes a few tenths of a second: half a second's worth of letters in flight keeps the rate. */
    private static final double SECONDS_IN_FLIGHT = 0.5;

    private static final int MIN_IN_FLIGHT = 2;

    /** Creates limits with a reserve of 30 s and as many letters in flight as SES's rate needs. */
    public DispatchLimits(int senders, Duration staleAfter) {
        this(senders, staleAfter, Duration.ofSeconds(30), MAX_IN_FLIGHT);
    }

    /** Returns how many letters in flight keep a rate, in letters per second, within these limits. */
    int inFlightAt(double perSecond) {
        var needed = (int) Math.clamp(Math.ceil(perSecond * SECONDS_IN_FLIGHT), MIN_IN_FLIGHT, MAX_IN_FLIGHT);
        return Math.min(inFlight, needed);
    }
}
