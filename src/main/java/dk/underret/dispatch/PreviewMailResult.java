package dk.underret.dispatch;

import java.util.Optional;

/** What became of a trial letter. In every case its message is done with. */
public sealed interface PreviewMailResult {
    /**
     * It was given to SES, once for each address.
     *
     * @param accepted how many SES took
     * @param others how many it did not take, or may not have
     * @param code SES's for the last of those
     */
    record Sent(int accepted, int others, Optional<String> code) implements PreviewMailResult {}

    /** It was taken up before. */
    record SentBefore() implements PreviewMailResult {}

    /** What it is made of is not there any more. */
    record Gone() implements PreviewMailResult {}

    /** Nothing may be sent now. It comes with the next upload of the draft. */
    record NotNow(PreviewMailResult.BlockReason reason) implements PreviewMailResult {}

    /** Why nothing may be sent. */
    enum BlockReason {
        /** Everybody's letters are held. */
        HOLD,
        /** SES lets the account send nothing, or no more today. */
        ACCOUNT
    }
}
