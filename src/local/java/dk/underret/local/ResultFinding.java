package dk.underret.local;

import dk.underret.incident.Finding;
import dk.underret.incident.Language;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;

/**
 * A finding as {@code result.json} has it.
 *
 * @param code the stable code
 * @param file the file's name
 * @param row the row of a list, or the line of another file; 0 where none can be named
 * @param column the column of a list, a field of the facts or a path of the letter
 * @param message what is wrong and what to do
 */
record ResultFinding(String code, String file, long row, String column, String message) {
    private static final Set<String> LETTER = Set.of("BAD_LETTER", "NO_SUBJECT", "NO_LETTER", "NOT_IN_LETTER");
    private static final Set<String> FACTS = Set.of(
            "BAD_FACTS",
            "FACTS_TOO_LARGE",
            "INCOMPLETE",
            "PLACEHOLDER",
            "NO_CONTACT",
            "SENDER_NOT_VERIFIED",
            "NO_RECOMMENDATIONS",
            "NO_DATES",
            "NO_AUTHORITY",
            "NOT_ABOUT_BREACH",
            "AUTHORITY_LATE",
            "SENDER_IS_BREACHED",
            "NO_PHONE",
            "NO_VERIFY_PAGE",
            "VAGUE_SUBJECT");

    static ResultFinding of(Finding finding, Language language) {
        return new ResultFinding(
                finding.code().name(), finding.file(), finding.row(), finding.column(), finding.message(language));
    }

    /**
     * Reads a run's {@code problems.csv}. The table names no file: the code tells which kind of file it is about.
     *
     * @param names the names of the files of each kind
     */
    static List<ResultFinding> read(String csv, Files names) {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var records = format.parse(new StringReader(csv.startsWith("\uFEFF") ? csv.substring(1) : csv))) {
            return records.stream()
                    .map(r -> new ResultFinding(
                            r.get("code"),
                            names.of(r.get("code")),
                            r.get("row").isBlank()
                                    ? 0
                                    : Long.parseLong(r.get("row").trim()),
                            r.get("column"),
                            r.get("message")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code result.json} and {@code problems.csv} have it. */
    Map<String, Object> map() {
        var map = new java.util.LinkedHashMap<String, Object>();
        map.put("code", code);
        map.put("file", file);
        map.put("row", row);
        map.put("column", column);
        map.put("message", message);
        return map;
    }

    /** The line that a person reads. */
    String line() {
        var place = row > 0 ? file + ":" + row : file;
        return code + "  " + place + (column.isEmpty() ? "" : "  " + column) + "  " + message;
    }

    /**
     * What the input files are called.
     *
     * @param list the recipient list
     * @param facts the incident's facts
     * @param letter the letter, own or shipped
     */
    record Files(String list, String facts, String letter) {
        private String of(String code) {
            return LETTER.contains(code) ? letter : FACTS.contains(code) ? facts : list;
        }
    }
}
