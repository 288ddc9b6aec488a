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
 * A finding in {@code result.json}.
 *
 * @param code the stable code
 * @param file name of the file
 * @param row row of a list, or line of another file; 0 if unknown
 * @param column column of a list, field of the facts or path in the letter
 * @param message the problem and the remedy
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
            "ADVICE_NEEDED",
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
     * Reads a run's {@code problems.csv}. The table has no file column: the code determines the kind of file.
     *
     * @param names names of the input files
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

    /** Returns the fields in the order of {@code result.json}. */
    Map<String, Object> map() {
        var map = new java.util.LinkedHashMap<String, Object>();
        map.put("code", code);
        map.put("file", file);
        map.put("row", row);
        map.put("column", column);
        map.put("message", message);
        return map;
    }

    /** Returns the finding as a line for the console. */
    String line() {
        var place = row > 0 ? file + ":" + row : file;
        return code + "  " + place + (column.isEmpty() ? "" : "  " + column) + "  " + message;
    }

    /**
     * The names of the input files.
     *
     * @param list file name of the recipient list
     * @param facts file name of the incident's facts
     * @param letter file name of the letter
     */
    record Files(String list, String facts, String letter) {
        private String of(String code) {
            return LETTER.contains(code) ? letter : FACTS.contains(code) ? facts : list;
        }
    }
}
