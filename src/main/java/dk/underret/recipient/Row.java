package dk.underret.recipient;

import dk.underret.incident.FindingCode;
import java.util.List;

/** What a checked row of the list is. Blank rows are none; every other row after the header is exactly one of these. */
public sealed interface Row {
    /** The record as Excel numbers it: header 1; blank lines count, newlines inside quotes don't. */
    long row();

    /**
     * A person to write to.
     *
     * @param recipient HMAC of the identity, 64 hex digits: the ledger's key
     * @param person the row's values
     * @param address where to, in the form that SES takes
     * @param locale the letter's locale, as {@link LetterNeeds#letter} said
     */
    record Valid(String recipient, Recipient person, EmailAddress.Valid address, String locale) implements Row {
        @Override
        public long row() {
            return person.row();
        }
    }

    /**
     * Can't be sent; the list's findings say where and why.
     *
     * @param recipient HMAC of list version and row, 64 hex digits, so that a corrected row is never taken for a told one
     * @param person the row's values as far as they could be read; none of a row of another width
     * @param codes why, each once, in the order of the columns
     */
    record Invalid(long row, String recipient, Recipient person, List<FindingCode> codes) implements Row {
        /** Copies the codes. */
        public Invalid {
            codes = List.copyOf(codes);
        }
    }

    /**
     * The same person as in an earlier row, with the same letter.
     *
     * @param of the earlier row
     */
    record Duplicate(long row, long of) implements Row {}

    /**
     * Not to be written to.
     *
     * @param reason a code, never the row's own words
     */
    record Skipped(long row, String reason) implements Row {
        /** The reason of a row whose {@code do_not_write} is filled. */
        public static final String DO_NOT_WRITE = "DO_NOT_WRITE";
    }
}
