package dk.underret.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a send record has besides its newest attempt; {@link #NONE} on the good path.
 *
 * @param softBounceAt the newest attempt's, see {@link Attempt#softBounceAt}
 * @param newest the newest attempt's own status where it isn't the record's: an earlier attempt was delivered
 * @param resent whose decision the newest attempt was; empty for the first run's own
 * @param ended who closed it, or told by post
 * @param earlier attempts before a resend, the oldest first
 */
public record History(
        Optional<Instant> softBounceAt,
        Optional<SendStatus> newest,
        Optional<Decision> resent,
        Optional<Decision> ended,
        List<Attempt> earlier) {
    /** Of a dispatch that nobody decided about. */
    public static final History NONE =
            new History(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** At the first attempt. */
    public static History of(Optional<Decision> resent) {
        return new History(Optional.empty(), Optional.empty(), resent, Optional.empty(), List.of());
    }

    /** Copies the attempts. */
    public History {
        earlier = List.copyOf(earlier);
    }
}
