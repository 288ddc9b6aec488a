package dk.underret.ledger;

import java.util.Optional;

/**
 * A person's decision about a dispatch that did not reach the recipient, made by uploading its row under {@code resend/},
 * {@code close/} or {@code posted/}.
 *
 * @param run the run of that upload
 * @param by who uploaded it: the S3 event's principal id, to be resolved in CloudTrail
 * @param reason in the person's own words, up to {@link #LONGEST_REASON} characters and without an address; empty for a resend
 * @param replacedBy the recipient (as in {@link SendKey}) under a corrected address, who is sent the letter instead
 */
public record Decision(String run, String by, String reason, Optional<String> replacedBy) {
    /** The longest reason, in characters. */
    public static final int LONGEST_REASON = 100;
}
