package dk.underret.ledger;

import dk.underret.incident.NoticeId;

/**
 * The key of a send record: one notice to one recipient.
 *
 * @param recipient HMAC of the recipient's identity, 64 lower-case hex digits
 */
public record SendKey(NoticeId notice, String recipient) {
    /** Replaces the recipient in the tags of a preview mail, which has no send record. */
    public static final String PREVIEW_MAIL = "trial";
}
