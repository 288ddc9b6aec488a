package dk.underret.incident;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Stores facts, frozen notices and the hold in the incidents table. Facts are plain maps of JSON values ({@code Map<String, Object>},
 * {@code List<Object>}, {@code String}, {@code BigDecimal}, {@code Boolean}). Only a notice's own facts may hold nulls: a null removes
 * a field of the incident's facts (RFC 7396).
 */
public interface Incidents {
    /** Who paused a notice, if it was a circuit breaker and no person. */
    String MACHINE = "underret";

    /** Returns the incident's shared facts; empty if there are none. Strongly consistent. */
    Optional<StoredFacts> incident(String incidentId);

    /** Returns the notice's own facts, which are merged over the incident's; empty if there are none. Strongly consistent. */
    Optional<StoredFacts> notice(NoticeId notice);

    /**
     * Stores uploaded facts, unless the stored ones are from a newer upload ({@link FactsSource#newerThan}). Attributes of the item
     * that aren't facts, such as settings that a person changed in the table, are kept.
     *
     * @param notice the notice's id for a notice's own facts; empty for the incident's shared facts
     * @return whether the facts were stored
     */
    boolean store(String incidentId, Optional<String> notice, Map<String, Object> facts, FactsSource source);

    /** Returns the frozen notice; empty before its first send. Strongly consistent. */
    Optional<FrozenNotice> frozen(NoticeId notice);

    /**
     * Freezes a notice that is not frozen yet.
     *
     * @return the frozen notice: the argument, or the earlier one, which the caller compares ({@link FrozenNotice#sameAs})
     */
    FrozenNotice freeze(FrozenNotice notice);

    /**
     * Pauses a notice for the machine: sets {@code paused} on the notice's own item, with {@code paused_by} {@value #MACHINE} and
     * {@code paused_at}. Only a person can resume it.
     */
    void pause(NoticeId notice, Instant at);

    /** Returns the hold of the account; empty if there is none. Strongly consistent. */
    Optional<Hold> hold();

    /**
     * Sets the hold, unless one is set already.
     *
     * @return whether this call set it
     */
    boolean hold(Hold hold);

    /**
     * Replaces or lifts the hold, on the condition that it is unchanged since it was read.
     *
     * @param seen the hold as it was read
     * @param next the new hold; empty to lift it
     * @return whether the hold was unchanged
     */
    boolean change(Hold seen, Optional<Hold> next);

    /**
     * Returns the current facts of a notice: the incident's with the notice's own merged over them, including settings that a person
     * or the circuit breaker changed on the item.
     */
    default Incident current(NoticeId notice) {
        return Incident.of(
                notice,
                incident(notice.incident()).map(StoredFacts::facts).orElse(Map.of()),
                notice(notice).map(StoredFacts::facts));
    }
}
