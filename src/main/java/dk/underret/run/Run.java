package dk.underret.run;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processing of one version of one recipient list.
 *
 * @param id derived from bucket, key and version: 32 hex digits
 * @param incident the incident's id; empty where the key names none
 * @param notice the notice's id; empty where the key names none
 * @param status where it stands
 * @param list the list that it processes
 * @param factsSha256 hash of the frozen facts, hex; empty for a refused list
 * @param letters the letters it sends; empty for a refused list
 * @param chunks how many there are
 * @param remaining how many are not settled yet
 * @param rows people's rows on the list
 * @param tally rows by term: of the settled chunks while it runs, of all when it is settled
 * @param findings how often each code was found
 * @param startedAt when Intake took it up
 * @param settledAt when its last chunk was settled
 */
public record Run(
        String id,
        String incident,
        String notice,
        RunStatus status,
        ListVersion list,
        String factsSha256,
        List<FrozenLetter> letters,
        int chunks,
        int remaining,
        long rows,
        Tally tally,
        Map<FindingCode, Long> findings,
        Instant startedAt,
        Optional<Instant> settledAt) {
    /** Copies the lists. */
    public Run {
        letters = List.copyOf(letters);
        findings = Map.copyOf(findings);
    }

    /**
     * One version of an uploaded list.
     *
     * @param bucket the uploads bucket
     * @param key the object key, decoded
     * @param version the object version
     * @param sha256 of its bytes, lower-case hex; empty when it was refused before it was read
     * @param principal who uploaded it: the S3 event's principal id, to be resolved in CloudTrail
     */
    public record ListVersion(String bucket, String key, String version, String sha256, String principal) {}
}
