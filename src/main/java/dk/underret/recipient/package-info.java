/**
 * The recipient list and the people on it: reads an uploaded CSV file row by row, checks each row, and computes the identity
 * under which the ledger knows a person.
 *
 * <p>Start with {@link dk.underret.recipient.RecipientList}, which returns a {@link dk.underret.recipient.Row} for each row and
 * collects the findings. A row passes {@code ListBytes} (bytes, encoding, hash), {@code CsvRecordReader} (records),
 * {@code Header} (columns), {@code RowCheck} (findings, {@code EmailAddress}, {@code CprShape}), then {@code Identity} and
 * {@code Duplicates}. {@link dk.underret.recipient.LetterNeeds} states what the letters require of the list; {@code Lists} and
 * {@code Keys} are the ports. {@code ExportedTable} writes tables and is the only user of the CSV library. The package may use
 * {@code incident}.
 */
@NullMarked
package dk.underret.recipient;

import org.jspecify.annotations.NullMarked;
