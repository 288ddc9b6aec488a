package dk.underret.recipient;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dk.underret.incident.Finding;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table that people open in a spreadsheet: RFC 4180 with LF. What a spreadsheet would take for a formula comes out as text
 * (OWASP, CSV Injection). Every exported table goes through here.
 */
public final class ExportedTable {
    private final StringWriter text = new StringWriter();
    private final CsvWriter csv;

    /** A table with these columns. */
    public ExportedTable(List<String> columns) {
        this(columns, ',');
    }

    /** A table with these columns, parted by another character than a comma. */
    public ExportedTable(List<String> columns, char separator) {
        csv = CsvWriter.builder()
                .bufferSize(0)
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        row(columns.toArray());
    }

    /** {@code problems.csv} of a run: {@code code,row,column,message}. */
    public static ExportedTable problems(List<Finding> findings, Locale locale) {
        var table = new ExportedTable(List.of("code", "row", "column", "message"));
        findings.forEach(f -> table.row(f.code(), f.row(), f.column(), f.message(locale)));
        return table;
    }

    /** Adds a row; each value as its {@code toString}. */
    public final ExportedTable row(Object... values) {
        csv.writeRecord(Arrays.stream(values).map(v -> neutral(v.toString())).toList());
        return this;
    }

    /** The table so far. */
    @Override
    public String toString() {
        return text.toString();
    }

    /** An apostrophe before {@code = + - @}, and before tab and CR, which spreadsheets drop from in front of them. */
    private static String neutral(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
