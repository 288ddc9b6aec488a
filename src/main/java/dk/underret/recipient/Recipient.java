package dk.underret.recipient;

import java.util.Map;

/**
 * A person on the list, with the row's values by canonical column name ({@code email}, {@code name}, {@code member_no}).
 *
 * @param row the row number that Excel shows: it counts from 1 and includes the header and blank lines, but no line ends inside
 *     quotes
 * @param values the values by canonical column, in the list's order, trimmed and in NFC. An empty field is an empty string.
 *     {@code get} also accepts a column's Danish name
 */
public record Recipient(long row, Map<String, String> values) {
    /** Copies the values, in order, unless they are immutable already. */
    public Recipient {
        values = RowValues.copyOf(values);
    }

    /** Returns the value of a column, or the empty string if the list lacks the column or the row has no value. */
    public String value(String column) {
        return values.getOrDefault(column, "");
    }

    /** Returns the address as written in the list; {@link EmailAddressParser#parse} checks it. */
    public String email() {
        return value("email");
    }

    /** Returns the row number only: values are personal data. */
    @Override
    public String toString() {
        return "row " + row;
    }
}
