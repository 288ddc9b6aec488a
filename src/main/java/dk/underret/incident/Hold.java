package dk.underret.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stops all sending on the account: while it is set, no letters are sent for any notice. Dispatch sets it; Sweep lifts it after a
 * successful probe, which is one row of one chunk that Dispatch sends in spite of the hold.
 *
 * @param reason why it was set
 * @param since when it was set
 * @param probes the number of probes allowed so far
 * @param nextProbe when the next probe is allowed
 * @param probe the chunk that may send one row; empty before the first probe and after its row was tried
 * @param cured whether SES accepted the probe's row
 */
public record Hold(
        Hold.HoldReason reason, Instant since, int probes, Instant nextProbe, Optional<Probe> probe, boolean cured) {
    private static final Duration FIRST_PROBE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /** Returns a new hold; the first probe is allowed 30 s later. */
    public static Hold of(Hold.HoldReason reason, Instant since) {
        return new Hold(reason, since, 0, since.plus(FIRST_PROBE), Optional.empty(), false);
    }

    /** Returns this hold with a probe allowed; the next one follows after twice the time, at most 15 min. */
    public Hold probing(Probe chunk, Instant now) {
        var doubled = FIRST_PROBE.multipliedBy(1L << Math.min(probes + 1, 10));
        var wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return new Hold(reason, since, probes + 1, now.plus(wait), Optional.of(chunk), false);
    }

    /** Returns this hold after its probe's row was tried. */
    public Hold probed(boolean taken) {
        return new Hold(reason, since, probes, nextProbe, Optional.empty(), taken);
    }

    /** Returns whether this chunk may send one row in spite of the hold. */
    public boolean lets(String run, int chunk) {
        return probe.filter(new Probe(run, chunk)::equals).isPresent();
    }

    /**
     * Names the chunk that may send one row.
     *
     * @param run its run's id
     * @param chunk its number, from 0
     */
    public record Probe(String run, int chunk) {}

    /** Why sending is stopped. */
    public enum HoldReason {
        /** The 24-hour quota of SES is used up. */
        QUOTA,
        /** SES refuses all requests: sending paused, account suspended, sender not verified, configuration set missing, credentials. */
        ACCOUNT,
        /** Too many responses of SES had an unknown outcome. */
        DOUBT
    }
}
