package dk.underret.recipient;

import static dk.underret.incident.FindingCode.CPR_COLUMN;
import static dk.underret.incident.FindingCode.DUPLICATE_COLUMN;
import static dk.underret.incident.FindingCode.MISSING_COLUMN;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The columns of a list, as its header names them. Ignores empty columns at the end, which spreadsheets leave behind. */
final class Header {
    /** Replaces the titles of a list without a header: they are a person's values. */
    private static final String HIDDEN_TITLE = "…";

    private final long row;
    private final char separator;
    /** The titles as written in the list, by field index; empty if the column has none. */
    private final String[] titles;
    /** The canonical names, by field index; empty if the column has none. */
    private final String[] names;
    /** The columns with a name, each name once. */
    private final ColumnIndex columns;
    /** The field index, from 0, of each of these columns. */
    private final int[] fieldIndices;

    private Header(long row, char separator, String[] titles, String[] names, List<Integer> fieldIndices) {
        this.row = row;
        this.separator = separator;
        this.titles = titles;
        this.names = names;
        this.fieldIndices = fieldIndices.stream().mapToInt(Integer::intValue).toArray();
        columns = new ColumnIndex(fieldIndices.stream().map(p -> names[p]).toArray(String[]::new));
    }

    /** Reads the header from the current record and reports what is wrong with it. */
    static Header of(CsvRecordReader record, char separator, String file, ListRules rules, Findings findings) {
        var titles = new ArrayList<String>();
        for (var i = 0; i < record.fields(); i++) titles.add(FieldText.clean(record.text(i)));
        while (!titles.isEmpty() && titles.get(titles.size() - 1).isEmpty()) titles.remove(titles.size() - 1);
        var names = titles.stream().map(Columns::canonical).toArray(String[]::new);
        if (titles.stream().anyMatch(Header::isValue))
            titles.replaceAll(title -> title.isEmpty() ? title : HIDDEN_TITLE);
        var fieldIndices = new ArrayList<Integer>();
        var seen = new HashMap<String, Integer>();
        for (var i = 0; i < names.length; i++) {
            if (names[i].isEmpty()) continue;
            var first = seen.putIfAbsent(names[i], i);
            if (first == null) fieldIndices.add(i);
            else
                findings.add(Finding.at(
                        DUPLICATE_COLUMN, file, record.row(), titles.get(i), titles.get(first), titles.get(i)));
        }
        var header = new Header(record.row(), separator, titles.toArray(new String[0]), names, fieldIndices);
        header.check(file, rules, findings);
        return header;
    }

    private void check(String file, ListRules rules, Findings findings) {
        var needed = new TreeSet<String>();
        rules.letters().required().forEach(column -> needed.add(Columns.canonical(column)));
        needed.remove("email");
        var found = String.join(
                ", ", Arrays.stream(titles).filter(t -> !t.isEmpty()).toList());

        if (!has("email")) findings.add(Finding.at(MISSING_COLUMN, file, row, "email", "email", found));
        for (var column : needed)
            if (!has(column)) findings.add(Finding.at(MISSING_COLUMN, file, row, column, column, found));
        for (var i : fieldIndices)
            if (!rules.notCpr().contains(names[i]) && CprShape.isCprColumn(names[i]))
                findings.add(Finding.at(CPR_COLUMN, file, row, titles[i], titles[i]));
    }

    /** Returns whether a title is a person's value. Then the list has no header, and its first row is never shown. */
    private static boolean isValue(String title) {
        return title.indexOf('@') >= 0 || CprShape.find(title) != CprShape.NONE;
    }

    /** Returns the header's row number, from 1. */
    long row() {
        return row;
    }

    /** Returns the character that separates fields. */
    char separator() {
        return separator;
    }

    /** Returns the number of fields in a row, including fields of columns without a name. */
    int width() {
        return titles.length;
    }

    /** Returns the columns with a name, each once. */
    ColumnIndex columns() {
        return columns;
    }

    /** Returns the number of columns with a name. */
    int size() {
        return fieldIndices.length;
    }

    /** Returns the index, from 0, of the column's field in a record; {@code column} counts from 0. */
    int fieldIndex(int column) {
        return fieldIndices[column];
    }

    /** Returns the column's canonical name; {@code column} counts from 0. */
    String name(int column) {
        return names[fieldIndices[column]];
    }

    /** Returns the column's title as written in the list; {@code column} counts from 0. */
    String title(int column) {
        return titles[fieldIndices[column]];
    }

    /** Returns the title of the column with this name, or the name itself if the list has no such column. */
    String title(String name) {
        var column = columns.index(name);
        return column < 0 ? name : title(column);
    }

    /** Returns whether the list has the column. */
    boolean has(String name) {
        return columns.index(name) >= 0;
    }

    /** Returns whether a record has a field for each column and no value in any other field. */
    boolean fits(CsvRecordReader record) {
        if (record.fields() < width()) return false;
        for (var i = 0; i < record.fields(); i++)
            if ((i >= width() || names[i].isEmpty()) && !record.isBlank(i)) return false;
        return true;
    }

    /**
     * Detects the separator in the first line that isn't blank: the one that isolates an {@code email} column, else the most
     * frequent.
     *
     * @return null if the line has no separator
     */
    static @Nullable Character separator(byte[] block, int end) {
        var line = firstLine(block, end);
        Character best = null;
        var most = 0;
        for (var candidate : new char[] {';', ',', '\t'}) {
            var score = score(line, candidate);
            if (score <= most) continue;
            most = score;
            best = candidate;
        }
        return best;
    }

    private static int score(String line, char separator) {
        var separators = 0;
        var email = 0;
        var quoted = false;
        var name = new StringBuilder();
        for (var i = 0; i <= line.length(); i++) {
            var c = i < line.length() ? line.charAt(i) : separator;
            if (c == '"') quoted = !quoted;
            if (c != separator || (quoted && i < line.length())) {
                name.append(c);
                continue;
            }
            if (i < line.length()) separators++;
            if (Columns.canonical(name.toString()).equals("email")) email = 1 << 20;
            name.setLength(0);
        }
        return separators == 0 ? 0 : separators + email;
    }

    /** Returns whether the line has only white space and separators. */
    static boolean isBlank(String line) {
        return line.chars().allMatch(c -> " \t,;\r\n".indexOf(c) >= 0);
    }

    /**
     * Returns the first line that isn't blank, up to a line end outside quotes. Decodes ISO 8859-1: separators and
     * {@code email} are ASCII, and no other name matters here.
     */
    private static String firstLine(byte[] block, int end) {
        var from = 0;
        var i = 0;
        while (i < end && " \t,;\"\r\n".indexOf(block[i]) >= 0) {
            if (block[i] == '\r' || block[i] == '\n') from = i + 1;
            i++;
        }
        if (i == end) return "";
        var quoted = false;
        for (i = from; i < end; i++) {
            if (block[i] == '"') quoted = !quoted;
            if (!quoted && (block[i] == '\r' || block[i] == '\n')) break;
        }
        return new String(block, from, i - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns the canonical names, each once, in the list's order. */
    List<String> names() {
        return Arrays.stream(fieldIndices).mapToObj(p -> names[p]).toList();
    }
}
