package dk.underret.dispatch;

import java.util.Optional;

/** The result of a preview mail's message. In every case the message can be deleted. */
public sealed interface PreviewMailResult {
    /**
     * The letter was submitted to SES, once for each address.
     *
     * @param accepted number of addresses for which SES accepted it
     * @param others number of addresses for which SES did not accept it, or may not have
     * @param code SES's code for the last of the others
     */
    record Sent(int accepted, int others, Optional<String> code) implements PreviewMailResult {}

    /** An earlier delivery of the message claimed the letter. */
    record SentBefore() implements PreviewMailResult {}

    /** The stored preview mails, or this letter of them, no longer exist. */
    record Gone() implements PreviewMailResult {}

    /** Sending is blocked now. The next upload of the draft sends the letter again. */
    record NotNow(PreviewMailResult.BlockReason reason) implements PreviewMailResult {}

    /** Why sending is blocked. */
    enum BlockReason {
        /** The account is on hold. */
        HOLD,
        /** SES does not allow the account to send, or its quota of the last 24 hours is spent. */
        ACCOUNT
    }
}
