package dk.underret.run;

import dk.underret.incident.FindingCode;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Trigger;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Optional;

/** One row of a chunk, with everything that Intake decided about it. Dispatch decides nothing again. */
public sealed interface ChunkRow {
    /** The record as Excel numbers it. */
    long row();

    /** A row that gets a letter. */
    sealed interface LetterRow extends ChunkRow {
        /** HMAC of the identity, hex: the ledger's key. */
        String recipient();

        /** The row's values. */
        Recipient person();

        /** The checked address, in the form that SES takes. */
        EmailAddress.Valid to();

        /** The locale of the letter, as the frozen letter has it. */
        String locale();

        @Override
        default long row() {
            return person().row();
        }
    }

    /** Send the letter. */
    record Send(String recipient, Recipient person, EmailAddress.Valid to, String locale) implements LetterRow {}

    /**
     * Send the letter once more, because a person decided so.
     *
     * @param token of the attempt that was the newest when the run was planned: only that attempt is followed by another
     * @param previous the recipient under the former address, if the address was corrected: that record is closed, and the token
     *     is that record's
     * @param decision who decided
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
     * End the row unsent, because a person decided so.
     *
     * @param recipient HMAC of the identity, hex: the ledger's key
     * @param token of the attempt that was the newest when the run was planned
     * @param cause CLOSE or POST
     * @param decision who decided, and why
     */
    record End(long row, String recipient, String token, Trigger cause, Decision decision) implements ChunkRow {}

    /**
     * Record that the row can't be sent.
     *
     * @param recipient HMAC of list version and row, hex, so that a corrected row is never mistaken for one that was sent
     * @param codes the reasons
     */
    record Invalid(long row, String recipient, List<FindingCode> codes) implements ChunkRow {
        /** Copies the codes. */
        public Invalid {
            codes = List.copyOf(codes);
        }
    }

    /**
     * Count only: the row repeats an earlier row of this list.
     *
     * @param of the earlier row
     */
    record Duplicate(long row, long of) implements ChunkRow {}

    /**
     * Count only: the person is not to be written to.
     *
     * @param reason a code ({@code DO_NOT_WRITE}, {@code NOT_IN_AUDIENCE}), never the row's own words
     */
    record Skipped(long row, String reason) implements ChunkRow {}
}
