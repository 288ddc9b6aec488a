package dk.underret.recipient;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dk.underret.incident.Finding;
import dk.underret.incident.Language;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a CSV table that people open in a spreadsheet: RFC 4180 with LF line ends. Escapes values that a spreadsheet would
 * evaluate as a formula (OWASP, CSV Injection). All exported tables use this class.
 */
public final class ExportedTable {
    private final StringWriter text = new StringWriter();
    private final CsvWriter csv;

    /** Creates a table with these columns, separated by commas. */
    public ExportedTable(List<String> columns) {
        this(columns, ',');
    }

    /** Creates a table with these columns and another separator than a comma. */
    public ExportedTable(List<String> columns, char separator) {
        csv = CsvWriter.builder()
                .bufferSize(0)
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        row(columns.toArray());
    }

    /**
     * Creates a run's {@code problems.csv} with the columns {@code code,row,column,message}. Rows count from 1; row 0 means
     * the whole file.
     */
    public static ExportedTable problems(List<Finding> findings, Language language) {
        var table = new ExportedTable(List.of("code", "row", "column", "message"));
        findings.forEach(f -> table.row(f.code(), f.row(), f.column(), f.message(language)));
        return table;
    }

    /** Adds a row. Writes each value as its {@code toString}. */
    public final ExportedTable row(Object... values) {
        csv.writeRecord(Arrays.stream(values).map(v -> escaped(v.toString())).toList());
        return this;
    }

    /** Returns the table written so far. */
    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * Prefixes an apostrophe to a value that starts with {@code = + - @}, or with a tab or CR, which a spreadsheet may drop
     * from in front of them.
     */
    private static String escaped(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
