package dk.underret.recipient;

import java.util.Map;

/**
 * A person on the list: the row's values by canonical column name ({@code email}, {@code name}, {@code member_no}), in the
 * list's order, trimmed and in NFC. {@code toString} names the row only.
 *
 * @param row the record as Excel numbers it: header 1; blank lines count, newlines inside quotes don't
 * @param values the values by canonical column; empty fields are there as empty strings. {@code get} knows a column's Danish
 *     name, too
 */
public record Recipient(long row, Map<String, String> values) {
    /** Keeps the values, in order; they can't be changed. */
    public Recipient {
        values = Values.copyOf(values);
    }

    /** The value of a column, or the empty string where the list has no such column or the row no value. */
    public String value(String column) {
        return values.getOrDefault(column, "");
    }

    /** The address as it stands in the list; {@code EmailAddress} says whether it is one. */
    public String email() {
        return value("email");
    }

    /** Names the row only: values are personal data. */
    @Override
    public String toString() {
        return "row " + row;
    }
}
