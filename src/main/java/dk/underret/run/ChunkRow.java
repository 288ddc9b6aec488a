package dk.underret.run;

import dk.underret.incident.FindingCode;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Trigger;
import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Optional;

/** One row of a chunk: what is to become of it. */
public sealed interface ChunkRow {
    /** The record as Excel numbers it. */
    long row();

    /**
     * To be sent.
     *
     * @param recipient HMAC of the identity, hex: the ledger's key
     * @param person the row's values
     */
    record Send(String recipient, Recipient person) implements ChunkRow {
        @Override
        public long row() {
            return person.row();
        }
    }

    /**
     * To be sent once more, because a person decided so.
     *
     * @param recipient HMAC of the identity, hex: the ledger's key
     * @param person the row's values
     * @param token the attempt's that was seen when it was planned: only that one is followed by another
     * @param previous where the address was corrected, whose record ends for this one; the token is that record's
     * @param decision by whom
     */
    record Resend(String recipient, Recipient person, String token, Optional<String> previous, Decision decision)
            implements ChunkRow {
        @Override
        public long row() {
            return person.row();
        }
    }

    /**
     * To be ended unsent, because a person decided so.
     *
     * @param recipient HMAC of the identity, hex: the ledger's key
     * @param token the attempt's that was seen when it was planned
     * @param cause CLOSE or POST
     * @param decision by whom and why
     */
    record End(long row, String recipient, String token, Trigger cause, Decision decision) implements ChunkRow {}

    /**
     * Can't be sent.
     *
     * @param recipient HMAC of list version and row, hex: so that a corrected row is never taken for a told one
     * @param codes why
     */
    record Invalid(long row, String recipient, List<FindingCode> codes) implements ChunkRow {
        /** Copies the codes. */
        public Invalid {
            codes = List.copyOf(codes);
        }
    }

    /**
     * The same person as another row of this list.
     *
     * @param of that row
     */
    record Duplicate(long row, long of) implements ChunkRow {}

    /**
     * Not to be written to.
     *
     * @param reason a code ({@code DO_NOT_WRITE}, {@code NOT_IN_AUDIENCE}), never the row's own words
     */
    record Skipped(long row, String reason) implements ChunkRow {}
}
