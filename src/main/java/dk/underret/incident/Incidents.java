package dk.underret.incident;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The facts, as they stand in the incidents table. Facts are plain maps (JSON's shapes: {@code Map<String, Object>},
 * {@code List<Object>}, {@code String}, {@code BigDecimal}, {@code Boolean}), without nulls except in a notice's own facts: there
 * a null takes a fact of the incident's away (RFC 7396).
 */
public interface Incidents {
    /** The incident's shared facts, without the notice's; empty where there are none. Read consistently. */
    Optional<Facts> incident(String incidentId);

    /** The notice's own facts, which are laid over the incident's; empty where it has none. Read consistently. */
    Optional<Facts> notice(NoticeId notice);

    /**
     * Stores facts that were uploaded, unless those stored came from a newer upload (compared by S3's sequencer). Item
     * attributes that aren't facts (the brakes a person set on the item) are kept.
     *
     * @param notice the notice whose own facts they are, or empty for the incident's shared ones
     * @return whether they were stored
     */
    boolean store(String incidentId, Optional<String> notice, Map<String, Object> facts, Source source);

    /** The frozen notice; empty before its first send. Read consistently. */
    Optional<FrozenNotice> frozen(NoticeId notice);

    /**
     * Freezes a notice, on the condition that it is not frozen yet, or frozen with equal content ({@link
     * FrozenNotice#sameAs}).
     *
     * @return what is frozen now: the argument, or what was there before it. The caller compares.
     */
    FrozenNotice freeze(FrozenNotice notice);

    /** Pauses a notice: {@code paused} becomes true on the notice's own item. Only a person lifts that. */
    void pause(NoticeId notice);

    /** What keeps everybody's letters back: one item for the account. Empty when nothing does. Read consistently. */
    Optional<Hold> hold();

    /**
     * Keeps everybody's letters back, unless that is so already: then what stands is left as it is.
     *
     * @return whether it was this call that did it
     */
    boolean hold(Hold hold);

    /**
     * Puts {@code next} in the place of a hold, or lifts it, on the condition that it is still as it was seen.
     *
     * @param next empty to lift it
     * @return whether it was
     */
    boolean change(Hold seen, Optional<Hold> next);

    /**
     * Returns the current facts of a notice: the incident's with the notice's own over them, as the table has them now. The
     * brakes that a person or a breaker set on its item are among them.
     */
    default Incident current(NoticeId notice) {
        return Incident.of(
                notice,
                incident(notice.incident()).map(Facts::facts).orElse(Map.of()),
                notice(notice).map(Facts::facts));
    }

    /**
     * Facts and where they came from.
     *
     * @param facts plain maps, as in {@code incident.json}
     * @param source the upload they came from; empty when they were put straight into the table
     * @param author the upload that made them what they said when they were stored; {@link Author#known} tells whether they still do
     */
    record Facts(Map<String, Object> facts, Optional<Source> source, Optional<Author> author) {
        /** Facts of no known author. */
        public Facts(Map<String, Object> facts, Optional<Source> source) {
            this(facts, source, Optional.empty());
        }
    }

    /**
     * The upload that facts came from.
     *
     * @param version the S3 object version
     * @param sequencer S3's sequencer of the event, hexadecimal: orders the writes of one key; empty where S3 sent none
     * @param principal the S3 event's principal id, to be resolved in CloudTrail
     * @param at the event's time
     */
    record Source(String version, String sequencer, String principal, Instant at) {
        /**
         * Whether this upload came after another of the same key. Sequencers decide: the shorter is padded with zeros on the
         * right, then they compare as text (Amazon S3 User Guide, "Event message structure"). Where one of the two has none,
         * the times do; at equal times the one that is stored stays, as the event that is still to come has a sequencer. Of
         * one version, the event is newer than what was read without it: it tells who uploaded it.
         */
        public boolean newerThan(Source stored) {
            if (version.equals(stored.version)) return stored.sequencer.isEmpty() && !sequencer.isEmpty();
            if (sequencer.isEmpty() || stored.sequencer.isEmpty()) return at.isAfter(stored.at);
            int length = Math.max(sequencer.length(), stored.sequencer.length());
            return padded(sequencer, length).compareTo(padded(stored.sequencer, length)) > 0;
        }

        private static String padded(String sequencer, int length) {
            return sequencer.toUpperCase(Locale.ROOT) + "0".repeat(length - sequencer.length());
        }
    }
}
