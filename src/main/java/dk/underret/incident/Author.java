package dk.underret.incident;

import dk.underret.incident.Incidents.Facts;
import dk.underret.incident.Incidents.Source;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The upload that made facts what they say: where they are approved, the one that approved them. It stands through later uploads
 * that say the same, whoever made them; who changes what was approved approves it anew. What says how a notice is sent ({@code
 * paused}, {@code send_after} and the like) and the words of {@code approved_…} are no part of what facts say; {@code status} is.
 *
 * @param version the S3 object version
 * @param principal the S3 event's principal id, to be resolved in CloudTrail; empty while its event is still to come
 * @param at the event's time
 * @param sha256 of what the facts said then, lower-case hex
 */
public record Author(String version, String principal, Instant at, String sha256) {
    /**
     * The author of facts that are to be stored.
     *
     * @param before what stands there now
     * @param facts as they will be read again
     * @param source the upload they come from
     */
    public static Author of(Optional<Facts> before, Map<String, Object> facts, Source source) {
        var sha256 = sha256(facts);
        return before.flatMap(Author::known)
                .filter(author -> author.sha256.equals(sha256))
                .orElseGet(() -> new Author(source.version(), source.principal(), source.at(), sha256));
    }

    /** The author of stored facts; empty where nobody knows, as when they were put or changed straight in the table. */
    public static Optional<Author> known(Facts facts) {
        return facts.author()
                .filter(author -> !author.principal.isEmpty())
                .filter(author -> author.sha256.equals(sha256(facts.facts())));
    }

    /** Whether facts say anything: an item that holds brakes only has no author, and needs none. */
    public static boolean needed(Facts facts) {
        return !said(facts.facts()).isEmpty();
    }

    private static String sha256(Map<String, Object> facts) {
        return FactsHash.sha256(said(facts));
    }

    private static Map<String, Object> said(Map<String, Object> facts) {
        var said = new LinkedHashMap<>(facts);
        said.keySet().removeIf(name -> !name.equals("status") && Incident.isNotFrozen(name));
        return said;
    }
}
