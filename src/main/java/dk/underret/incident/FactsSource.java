package dk.underret.incident;

import java.time.Instant;
import java.util.Locale;

/**
 * Identifies the upload that stored facts were read from.
 *
 * @param version the S3 object version
 * @param sequencer S3's sequencer of the event, hexadecimal, which orders the writes of one key; empty if S3 sent none
 * @param principal the S3 event's principal id, which CloudTrail resolves to a person
 * @param at the event's time
 */
public record FactsSource(String version, String sequencer, String principal, Instant at) {
    /**
     * Returns whether this upload is newer than the stored one of the same key.
     *
     * <p>Sequencers decide: the shorter one is padded with zeros on the right, then both compare as text (Amazon S3 User Guide,
     * "Event message structure"). If one of the two has no sequencer, the times decide; at equal times the stored upload is kept,
     * because its event, which has a sequencer, is still to arrive. For the same version, an event is newer than a read without
     * one: only the event names the uploader.
     */
    public boolean newerThan(FactsSource stored) {
        if (version.equals(stored.version)) return stored.sequencer.isEmpty() && !sequencer.isEmpty();
        if (sequencer.isEmpty() || stored.sequencer.isEmpty()) return at.isAfter(stored.at);
        int length = Math.max(sequencer.length(), stored.sequencer.length());
        return padded(sequencer, length).compareTo(padded(stored.sequencer, length)) > 0;
    }

    private static String padded(String sequencer, int length) {
        return sequencer.toUpperCase(Locale.ROOT) + "0".repeat(length - sequencer.length());
    }
}
