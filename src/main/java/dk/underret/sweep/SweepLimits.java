package dk.underret.sweep;

import java.time.Duration;

/**
 * What it keeps to.
 *
 * @param staleAfter the longest that a function can live; the queue hides a message no longer than twice that
 */
public record SweepLimits(Duration staleAfter) {}
