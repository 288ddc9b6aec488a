package dk.underret.ledger;

import java.util.Optional;

/**
 * What a person decided about a dispatch that did not reach anybody, by uploading its row under {@code resend/}, {@code close/}
 * or {@code posted/}.
 *
 * @param run the upload's run, whose record holds the rest
 * @param by who uploaded it: the S3 event's principal id, to be resolved in CloudTrail
 * @param reason in the person's own words, at most {@link #LONGEST_REASON} characters and without an address; empty for a resend
 * @param replacedBy the recipient (as in {@link SendKey}) that is told in this one's place, under a corrected address
 */
public record Decision(String run, String by, String reason, Optional<String> replacedBy) {
    /** Characters of a reason at the most. */
    public static final int LONGEST_REASON = 100;
}
