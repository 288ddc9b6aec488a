package dk.underret.recipient;

import dk.underret.incident.FindingCode;
import java.util.List;

/** A checked row of the list. Every row after the header, except blank ones, is exactly one of these. */
public sealed interface Row {
    /** Returns the row number that Excel shows: from 1, with the header and blank lines, without line ends inside quotes. */
    long row();

    /**
     * A person to write to.
     *
     * @param recipient HMAC of the identity, 64 hex digits: the key in the ledger
     * @param person the row's values
     * @param address the address in the form that SES accepts
     * @param locale the letter's locale, from {@link LetterNeeds#letter}
     */
    record Valid(String recipient, Recipient person, EmailAddress.Valid address, String locale) implements Row {
        @Override
        public long row() {
            return person.row();
        }
    }

    /**
     * A row that can't be sent. The list's findings say where and why.
     *
     * @param recipient HMAC of list version and row number, 64 hex digits: a corrected row has another key, so it is sent
     * @param person the row's readable values; empty if the row has the wrong number of fields
     * @param codes the reasons, each once, in the order of the columns
     */
    record Invalid(long row, String recipient, Recipient person, List<FindingCode> codes) implements Row {
        /** Copies the codes. */
        public Invalid {
            codes = List.copyOf(codes);
        }
    }

    /**
     * A row with the identity of an earlier one. If their letters would differ, the list is refused ({@code DIFFERENT_ROWS}).
     *
     * @param of the number of the first row with that identity
     */
    record Duplicate(long row, long of) implements Row {}

    /**
     * A row with a person who must not be written to.
     *
     * @param reason a code, never text from the row
     */
    record Skipped(long row, String reason) implements Row {
        /** The reason of a row whose {@code do_not_write} is filled. */
        public static final String DO_NOT_WRITE = "DO_NOT_WRITE";
    }
}
