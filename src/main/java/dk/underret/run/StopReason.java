package dk.underret.run;

import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import java.time.Instant;
import java.util.Optional;

/** Why the rest of a chunk is not sent now. */
public enum StopReason {
    /** SES's 24-hour quota is spent. */
    QUOTA,
    /** SES refuses every letter: sending paused or suspended, identity not verified, credentials. */
    ACCOUNT,
    /** Too many of this sender's last POSTs had an ambiguous outcome. */
    DOUBT,
    /** The account is already on hold. */
    HOLD,
    /** A person or a circuit breaker paused the notice. */
    PAUSED,
    /** The notice's facts are a draft again, or closed. */
    NOT_APPROVED,
    /** {@code send_after} is in the future. */
    NOT_YET,
    /** The next letter exceeds {@code max_per_hour}. */
    HOURLY,
    /** Another sender holds claims that are not stale yet. */
    BUSY;

    /**
     * Returns why no letter of a notice may be sent under its current facts. Only {@code approved} facts send: an officer who sets
     * them back to {@code draft}, or closes the notice, stops it like a pause.
     *
     * @param facts the notice's current facts
     */
    public static Optional<StopReason> ofNotice(Incident facts, Instant now) {
        if (facts.paused()) return Optional.of(PAUSED);
        if (facts.status() != NoticeStatus.APPROVED) return Optional.of(NOT_APPROVED);
        return facts.sendAfter()
                .filter(moment -> now.isBefore(moment.earliest()))
                .map(moment -> NOT_YET);
    }
}
