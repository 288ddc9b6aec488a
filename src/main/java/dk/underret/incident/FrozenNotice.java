package dk.underret.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A notice as it is sent: everything that a letter depends on, fixed before the first of them. For the letter, Dispatch reads
 * only this and the letter versions it names.
 *
 * @param notice which notice
 * @param facts the merged facts without what says how it is sent ({@code Incident.frozenFacts})
 * @param factsSha256 SHA-256 of their canonical form, lower-case hex
 * @param letters each letter's name, locale, version and hash
 * @param identity what makes a recipient the same person: the columns of the identity scheme, in its order (for example
 *     {@code [recipient_id]} or {@code [email, name, about]})
 * @param spread how many partition keys the notice's send records are spread over: 1 or 16
 * @param at when it was frozen
 * @param run the run whose list froze it: where that run ended before it was planned, it goes on by what it froze
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

    /** Whether both send the same letters to the same persons: all but the time, the run and the spread is equal. */
    public boolean sameAs(FrozenNotice other) {
        return notice.equals(other.notice)
                && factsSha256.equals(other.factsSha256)
                && letters.equals(other.letters)
                && identity.equals(other.identity);
    }

    /**
     * One letter source, fixed.
     *
     * @param name the letter's name, for example {@code breach-notice}
     * @param locale its language tag, for example {@code da}
     * @param version the S3 object version, or {@code shipped}
     * @param sha256 of its bytes, lower-case hex
     */
    public record FrozenLetter(String name, String locale, String version, String sha256) {}
}
