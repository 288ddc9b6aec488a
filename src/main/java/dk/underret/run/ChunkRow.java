package dk.underret.run;

import dk.underret.incident.FindingCode;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Trigger;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Optional;

/** One row of a chunk, with all of Intake's decisions about it. Dispatch follows them and makes none of its own. */
public sealed interface ChunkRow {
    /** Returns the number of the row in the list, counted as Excel does: the first row below the header is 2. */
    long row();

    /** A row that gets a letter. */
    sealed interface LetterRow extends ChunkRow {
        /** Returns the recipient as in the ledger's key: the HMAC of the identity, hex. */
        String recipient();

        /** Returns the row's values. */
        Recipient person();

        /** Returns the checked address in the form that SES accepts. */
        EmailAddress.Valid to();

        /** Returns the locale of the frozen letter. */
        String locale();

        @Override
        default long row() {
            return person().row();
        }
    }

    /** Sends the letter. */
    record Send(String recipient, Recipient person, EmailAddress.Valid to, String locale) implements LetterRow {}

    /**
     * Sends the letter again because a person decided to.
     *
     * @param token the token of the attempt that was the newest when the run was planned; the row is skipped if a newer one exists
     * @param previous the recipient under the former address, if the address was corrected; that record is closed, and
     *     {@code token} is the token of its newest attempt
     * @param decision the person's decision
     */
    record Resend(
            String recipient,
            Recipient person,
            EmailAddress.Valid to,
            String locale,
            String token,
            Optional<String> previous,
            Decision decision)
            implements LetterRow {}

    /**
     * Ends the row unsent because a person decided to.
     *
     * @param recipient HMAC of the identity, hex, as in the ledger's key
     * @param token the token of the attempt that was the newest when the run was planned
     * @param trigger CLOSE or POST
     * @param decision the person's decision, with its reason
     */
    record End(long row, String recipient, String token, Trigger trigger, Decision decision) implements ChunkRow {}

    /**
     * Records that the row cannot be sent.
     *
     * @param recipient HMAC of list version and row, hex, so that a later corrected row has another key
     * @param codes the codes of its findings
     */
    record Invalid(long row, String recipient, List<FindingCode> codes) implements ChunkRow {
        /** Copies the codes. */
        public Invalid {
            codes = List.copyOf(codes);
        }
    }

    /**
     * Only counts the row, which repeats an earlier row of this list.
     *
     * @param of the number of the earlier row
     */
    record Duplicate(long row, long of) implements ChunkRow {}

    /**
     * Only counts the row, whose recipient gets no letter.
     *
     * @param reason a code ({@code DO_NOT_WRITE}, {@code NOT_IN_AUDIENCE}), never text from the row
     */
    record Skipped(long row, String reason) implements ChunkRow {}
}
