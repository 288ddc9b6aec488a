/**
 * The recipient list and the people on it: reading the uploaded CSV row by row, checking each row, e-mail addresses, and what
 * makes two rows the same person.
 *
 * <p>Start with {@code RecipientList}. {@code ExportedTable} writes tables and is the only user of the CSV library. May use
 * {@code incident}.
 */
@NullMarked
package dk.underret.recipient;

import org.jspecify.annotations.NullMarked;
