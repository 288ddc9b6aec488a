package dk.underret.sweep;

import java.time.Duration;

/**
 * The limits of a sweep.
 *
 * @param staleAfter the longest time that a function can run; the queue hides a message for twice that time or less
 */
public record SweepLimits(Duration staleAfter) {}
