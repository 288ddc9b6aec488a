package dk.underret.ledger;

import dk.underret.incident.NoticeId;

/**
 * The key of a send record: one notice to one recipient.
 *
 * @param partition {@code <incident>/<notice>}, or {@code <incident>/<notice>#<0-f>} where the notice is spread
 * @param recipient HMAC of the recipient's identity, lower-case hex, 64 characters
 */
public record SendKey(String partition, String recipient) {
    /** Stands in a recipient's place in the tags of a draft's letter to the sender's own staff, of which there is no record. */
    public static final String TRIAL = "trial";

    /**
     * The key of a recipient under a notice.
     *
     * @param spread 1, or 16 for a notice whose records are spread by the recipient's first hex digit
     */
    public static SendKey of(NoticeId notice, int spread, String recipient) {
        return new SendKey(spread == 1 ? notice.toString() : notice + "#" + recipient.charAt(0), recipient);
    }
}
