package dk.underret.incident;

import java.util.Map;
import java.util.Optional;

/**
 * The facts, as they stand in the incidents table. Facts are plain maps (JSON's shapes: {@code Map<String, Object>},
 * {@code List<Object>}, {@code String}, {@code BigDecimal}, {@code Boolean}), without nulls except in a notice's own facts: there
 * a null takes a fact of the incident's away (RFC 7396).
 */
public interface Incidents {
    /** The incident's shared facts, without the notice's; empty where there are none. Read consistently. */
    Optional<StoredFacts> incident(String incidentId);

    /** The notice's own facts, which are laid over the incident's; empty where it has none. Read consistently. */
    Optional<StoredFacts> notice(NoticeId notice);

    /**
     * Stores facts that were uploaded, unless those stored came from a newer upload (compared by S3's sequencer). Item
     * attributes that aren't facts (the brakes a person set on the item) are kept.
     *
     * @param notice the notice whose own facts they are, or empty for the incident's shared ones
     * @return whether they were stored
     */
    boolean store(String incidentId, Optional<String> notice, Map<String, Object> facts, FactsSource source);

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
                incident(notice.incident()).map(StoredFacts::facts).orElse(Map.of()),
                notice(notice).map(StoredFacts::facts));
    }
}
