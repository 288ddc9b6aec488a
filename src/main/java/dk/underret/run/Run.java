package dk.underret.run;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.ledger.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run: the processing of one version of one recipient list.
 *
 * @param id derived from bucket, key and version: 32 hex digits
 * @param incident the incident's id; empty when the object key contains none
 * @param notice the notice's id; empty when the object key contains none
 * @param list the processed list
 * @param factsSha256 SHA-256 of the frozen facts, hex; empty for a refused list
 * @param letters the frozen letters that it sends; empty for a refused list
 * @param chunks the number of chunks
 * @param remaining the number of chunks that are not settled
 * @param rows the number of the list's rows, without the header
 * @param tally rows by outcome, of the chunks settled so far
 * @param findings the number of findings by code
 * @param startedAt when Intake started it
 * @param settledAt when its last chunk was settled; empty before
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
     * @param sha256 SHA-256 of its bytes, lower-case hex; empty when it was refused before it was read
     * @param principal the uploader: the S3 event's principal id, which CloudTrail resolves
     */
    public record ListVersion(String bucket, String key, String version, String sha256, String principal) {}
}
