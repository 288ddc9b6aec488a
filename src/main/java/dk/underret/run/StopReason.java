package dk.underret.run;

import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import java.time.Instant;
import java.util.Optional;

/** Why rows were left. */
public enum StopReason {
    /** SES's 24-hour quota is spent. */
    QUOTA,
    /** SES refuses everybody: paused, suspended, not verified, credentials. */
    ACCOUNT,
    /** Of this sender's last POSTs, too many had no answer that can be understood. */
    DOUBT,
    /** Everybody's letters are held, for a reason that was found before. */
    HOLD,
    /** A person paused or closed the notice, or a breaker paused it. */
    PAUSED,
    /** {@code send_after} is still to come. */
    NOT_YET,
    /** {@code max_per_hour}: the next letter's turn is later. */
    HOURLY,
    /** Another sender holds claims that are not stale yet. */
    BUSY;

    /**
     * Returns why no letter of a notice may be sent, as its facts are now. Closed facts stop a notice as a pause does.
     *
     * @param facts the notice's current facts
     */
    public static Optional<StopReason> ofNotice(Incident facts, Instant now) {
        if (facts.paused() || facts.status() == NoticeStatus.CLOSED) return Optional.of(PAUSED);
        return facts.sendAfter()
                .filter(moment -> now.isBefore(moment.earliest()))
                .map(moment -> NOT_YET);
    }
}
