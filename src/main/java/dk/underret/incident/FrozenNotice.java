package dk.underret.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Holds everything that a notice's letters depend on, fixed before the first is sent. To make a letter, Dispatch reads only this and
 * the letter versions it names.
 *
 * @param notice the notice's id
 * @param facts the merged facts without the settings that say how the notice is sent ({@code Incident.frozenFacts})
 * @param factsSha256 SHA-256 of their canonical form, lower-case hex
 * @param letters each letter's name, locale, version and hash
 * @param identity the columns by which two rows are the same person, in the order of the identity scheme (for example
 *     {@code [recipient_id]} or {@code [email, name, about]})
 * @param spread how many partition keys the notice's send records are spread over: 1 or 16
 * @param at the time of freezing
 * @param run the run whose list froze it; if that run stopped before it was planned, it continues with what it froze
 */
public record FrozenNotice(
        NoticeId notice,
        Map<String, Object> facts,
        String factsSha256,
        List<FrozenLetter> letters,
        List<String> identity,
        int spread,
        Instant at,
        String run) {
    /** Copies the lists. */
    public FrozenNotice {
        letters = List.copyOf(letters);
        identity = List.copyOf(identity);
    }

    /** Returns whether both send the same letters to the same persons: all but time, run and spread are equal. */
    public boolean sameAs(FrozenNotice other) {
        return notice.equals(other.notice)
                && factsSha256.equals(other.factsSha256)
                && letters.equals(other.letters)
                && identity.equals(other.identity);
    }

    /**
     * Identifies one version of a letter.
     *
     * @param name the letter's name, for example {@code breach-notice}
     * @param locale its language tag, for example {@code da}
     * @param version the S3 object version, or {@code shipped}
     * @param sha256 of its bytes, lower-case hex
     */
    public record FrozenLetter(String name, String locale, String version, String sha256) {}
}
