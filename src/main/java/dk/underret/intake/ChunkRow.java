package dk.underret.intake;

import dk.underret.incident.FindingCode;
import dk.underret.recipient.Recipient;
import java.util.List;

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
