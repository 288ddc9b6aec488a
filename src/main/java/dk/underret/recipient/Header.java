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

/** The columns of a list, as its header names them. Empty ones at the end, which spreadsheets leave, are none. */
final class Header {
    /** Stands for the names of a list without a header: they are a person's values. */
    private static final String HIDDEN = "…";

    private final long row;
    private final char separator;
    /** By place: as they stand in the list, and canonical; empty where the column has no name. */
    private final String[] titles;

    private final String[] names;
    /** Each name once, and the places of those. */
    private final Values.Names columns;

    private final int[] places;

    private Header(long row, char separator, String[] titles, String[] names, List<Integer> places) {
        this.row = row;
        this.separator = separator;
        this.titles = titles;
        this.names = names;
        this.places = places.stream().mapToInt(Integer::intValue).toArray();
        columns = new Values.Names(places.stream().map(p -> names[p]).toArray(String[]::new));
    }

    /** Reads the header from the record at hand and says what is wrong with it. */
    static Header of(Records record, char separator, String file, ListRules rules, Findings findings) {
        var titles = new ArrayList<String>();
        for (var i = 0; i < record.fields(); i++) titles.add(Text.clean(record.text(i)));
        while (!titles.isEmpty() && titles.get(titles.size() - 1).isEmpty()) titles.remove(titles.size() - 1);
        var names = titles.stream().map(Columns::canonical).toArray(String[]::new);
        if (titles.stream().anyMatch(Header::isValue)) titles.replaceAll(title -> title.isEmpty() ? title : HIDDEN);
        var places = new ArrayList<Integer>();
        var seen = new HashMap<String, Integer>();
        for (var i = 0; i < names.length; i++) {
            if (names[i].isEmpty()) continue;
            var first = seen.putIfAbsent(names[i], i);
            if (first == null) places.add(i);
            else
                findings.add(Finding.at(
                        DUPLICATE_COLUMN, file, record.row(), titles.get(i), titles.get(first), titles.get(i)));
        }
        var header = new Header(record.row(), separator, titles.toArray(new String[0]), names, places);
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
        for (var place : places)
            if (!rules.notCpr().contains(names[place]) && Cpr.names(names[place]))
                findings.add(Finding.at(CPR_COLUMN, file, row, titles[place], titles[place]));
    }

    /** Whether a name is a person's value: then the list has no header, and its first row is never shown. */
    private static boolean isValue(String title) {
        return title.indexOf('@') >= 0 || Cpr.in(title) != Cpr.NO;
    }

    /** The header's row. */
    long row() {
        return row;
    }

    /** What stands between two fields. */
    char separator() {
        return separator;
    }

    /** How many fields a row has, those of columns without a name in between included. */
    int width() {
        return titles.length;
    }

    /** The columns, each once. */
    Values.Names columns() {
        return columns;
    }

    /** How many there are of those. */
    int size() {
        return places.length;
    }

    /** Where in a record the column stands; {@code column} from 0. */
    int place(int column) {
        return places[column];
    }

    /** The column's canonical name. */
    String name(int column) {
        return names[places[column]];
    }

    /** The column's name as it stands in the list. */
    String title(int column) {
        return titles[places[column]];
    }

    /** The name as it stands in the list of a column that may not be there. */
    String title(String name) {
        var column = columns.index(name);
        return column < 0 ? name : title(column);
    }

    /** Whether the list has the column. */
    boolean has(String name) {
        return columns.index(name) >= 0;
    }

    /** Whether a record has a field for each column, and nothing in those without a name or beyond the last. */
    boolean fits(Records record) {
        if (record.fields() < width()) return false;
        for (var i = 0; i < record.fields(); i++)
            if ((i >= width() || names[i].isEmpty()) && !record.isBlank(i)) return false;
        return true;
    }

    /**
     * The separator that a file's first line with anything in it is written with: that which parts an {@code email} column
     * from the others, else the most frequent.
     *
     * @return null where there is none
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

    /** Whether there is nothing but white space and separators. */
    static boolean isBlank(String line) {
        return line.chars().allMatch(c -> " \t,;\r\n".indexOf(c) >= 0);
    }

    /** The first line that isn't blank, up to a line end outside quotes; ISO 8859-1 does, since names don't matter. */
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

    /** The canonical names, each once, in the list's order. */
    List<String> names() {
        return Arrays.stream(places).mapToObj(p -> names[p]).toList();
    }
}
