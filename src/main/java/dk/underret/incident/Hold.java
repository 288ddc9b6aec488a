package dk.underret.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The machine's own brake: while it stands, nobody's letters go out, of no notice. Dispatch sets it, the Sweep lifts it after a
 * probe: one row of one chunk, which Dispatch sends in spite of it.
 *
 * @param reason why
 * @param since when it was set
 * @param probes how many probes were let out
 * @param nextProbe when the next one may go out
 * @param probe the chunk that may send one row; empty before the first, and once its row was tried
 * @param cured whether SES took the probe's row
 */
public record Hold(
        Hold.HoldReason reason, Instant since, int probes, Instant nextProbe, Optional<Probe> probe, boolean cured) {
    private static final Duration FIRST_PROBE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    /** As it is set: the first probe may go out 30 s later. */
    public static Hold of(Hold.HoldReason reason, Instant since) {
        return new Hold(reason, since, 0, since.plus(FIRST_PROBE), Optional.empty(), false);
    }

    /** With a probe let out; the next one may follow after twice the time, 15 min at the most. */
    public Hold probing(Probe chunk, Instant now) {
        var doubled = FIRST_PROBE.multipliedBy(1L << Math.min(probes + 1, 10));
        var wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return new Hold(reason, since, probes + 1, now.plus(wait), Optional.of(chunk), false);
    }

    /** With its probe's row tried. */
    public Hold probed(boolean taken) {
        return new Hold(reason, since, probes, nextProbe, Optional.empty(), taken);
    }

    /** Whether this chunk may send one row in spite of it. */
    public boolean lets(String run, int chunk) {
        return probe.filter(new Probe(run, chunk)::equals).isPresent();
    }

    /**
     * The chunk whose row is the probe.
     *
     * @param run its run's id
     * @param chunk its number, from 0
     */
    public record Probe(String run, int chunk) {}

    /** Why everything is held. */
    public enum HoldReason {
        /** SES's 24-hour quota is spent. */
        QUOTA,
        /** SES refuses everybody: paused, suspended, not verified, configuration set missing, credentials. */
        ACCOUNT,
        /** Too many answers of SES were not to be understood. */
        DOUBT
    }
}
