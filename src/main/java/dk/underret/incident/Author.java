package dk.underret.incident;

import java.time.Instant;

/**
 * Names the upload that gave facts their current content, and its uploader. If the facts are approved, the author is the approver:
 * a later upload with the same content keeps the author, and a change of approved facts approves them anew.
 *
 * @param version the S3 object version
 * @param principal the S3 event's principal id, which CloudTrail resolves to a person; empty until the upload's event arrives
 * @param at the event's time
 * @param sha256 hash of the content at that time ({@link StoredFacts}), lower-case hex
 */
public record Author(String version, String principal, Instant at, String sha256) {}
