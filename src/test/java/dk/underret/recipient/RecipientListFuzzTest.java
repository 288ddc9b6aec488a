package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import dk.underret.testing.FindingMessages;
import dk.underret.testing.ReadingCosts;
import dk.underret.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads any bytes as a recipient list, and compares with Commons CSV, an independent reader that Underret doesn't ship. */
class RecipientListFuzzTest {
    private static final ListRules RULES = TestRules.rules(100_000, 100, Set.of(), Set.of());

    /** In characters. Titles are truncated at 4,096 bytes, which is more than this; no letter uses a longer name. */
    private static final int LONG_NAME = 1_000;

    /** Codes after which the rest of a list isn't read. */
    private static final Set<FindingCode> ENDS = Set.of(
            FindingCode.BAD_ENCODING,
            FindingCode.EMPTY_LIST,
            FindingCode.NO_SEPARATOR,
            FindingCode.NOT_CSV,
            FindingCode.NOT_TEXT,
            FindingCode.TOO_LARGE,
            FindingCode.UNCLOSED_QUOTE);

    private record Read(RecipientList list, List<Row> rows) {
        static Read of(byte[] bytes) throws IOException {
            var list = RecipientList.open(new ByteArrayInputStream(bytes), "list.csv", RULES);
            var rows = new ArrayList<Row>();
            for (var row = list.next(); row.isPresent(); row = list.next()) rows.add(row.get());
            return new Read(list, rows);
        }

        Map<Long, Map<String, String>> people() {
            var people = new HashMap<Long, Map<String, String>>();
            for (var row : rows)
                if (row instanceof Row.Valid good) {
                    var values = new HashMap<>(good.person().values());
                    values.keySet().removeIf(name -> name.length() > LONG_NAME);
                    people.put(row.row(), values);
                }
            return people;
        }
    }

    /** The list as the independent reader returns it: values by row and canonical column, without blank records. */
    private record Table(Map<Long, Map<String, String>> rows) {
        static Table of(String text, char separator) {
            var format = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(false)
                    .get();
            var columns = new LinkedHashMap<String, Integer>();
            var rows = new HashMap<Long, Map<String, String>>();
            var headed = false;
            for (var record : records(text, format)) {
                if (record.stream().allMatch(value -> value.matches("[ \\t\\n\\x0B\\f\\r]*"))) continue;
                if (headed) rows.put(record.getRecordNumber(), values(record, columns));
                else header(record, columns);
                headed = true;
            }
            return new Table(rows);
        }

        private static List<CSVRecord> records(String text, CSVFormat format) {
            try (var records = format.parse(new StringReader(text))) {
                return records.getRecords();
            } catch (IOException | UncheckedIOException e) {
                throw new AssertionError("no CSV to others", e);
            }
        }

        private static void header(CSVRecord record, Map<String, Integer> columns) {
            for (var i = 0; i < record.size(); i++) {
                var name = Columns.canonical(record.get(i));
                if (!name.isEmpty() && name.length() <= LONG_NAME) columns.putIfAbsent(name, i);
            }
        }

        private static Map<String, String> values(CSVRecord record, Map<String, Integer> columns) {
            var values = new HashMap<String, String>();
            columns.forEach((name, place) -> {
                var value = place < record.size() ? record.get(place) : "";
                var stripped = value.replaceAll("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$", "");
                values.put(name, Normalizer.normalize(stripped, Normalizer.Form.NFC));
            });
            return values;
        }
    }

    static Stream<byte[]> lists() {
        return Seeds.in("src/test/resources/lists", ".csv");
    }

    @DictionaryEntries({
        "email;name\\x0a",
        "a@x.example",
        "\"a\"\"b\"",
        "\\x0d\\x0a",
        "do_not_write",
        "locale",
        "010260-1234",
        "\\xef\\xbb\\xbf",
        "\\xc2\\xa0",
        "\\xcc\\x81"
    })
    @MethodSource("lists")
    @FuzzTest
    void every_record_is_a_row_or_a_finding(byte[] bytes) throws IOException, NoSuchAlgorithmException {
        var read = ReadingCosts.within(() -> Read.of(bytes));
        var findings = read.list().findings();

        if (read.rows().isEmpty()) assertThat(findings.refuse()).isTrue();
        for (var row : read.rows()) hasItsFindings(row, findings);
        for (var finding : findings.listed()) {
            FindingMessages.isComplete(finding);
            assertThat(finding.column() + finding.arguments()).doesNotContain("@");
        }
        assertThat(read.list().sha256())
                .hasValue(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        if (findings.counts().keySet().stream().anyMatch(ENDS::contains)) return;
        assertThat(read.list().rows()).isEqualTo(read.rows().size());
        others(read, text(bytes));
    }

    private static void hasItsFindings(Row row, Findings findings) {
        var found = findings.counts().keySet();
        switch (row) {
            case Row.Valid good -> assertThat(good.person().values()).containsKey("email");
            case Row.Invalid bad -> {
                assertThat(bad.codes()).doesNotHaveDuplicates().isSubsetOf(found);
                // A list without an address column has one finding for that, and none for each row.
                if (bad.codes().isEmpty()) assertThat(found).contains(FindingCode.MISSING_COLUMN);
            }
            case Row.Duplicate same -> {
                assertThat(same.of()).isLessThan(same.row());
                assertThat(found).containsAnyOf(FindingCode.DUPLICATE, FindingCode.DIFFERENT_ROWS);
            }
            case Row.Skipped skipped -> assertThat(skipped.reason()).isEqualTo(Row.Skipped.DO_NOT_WRITE);
        }
    }

    /** Asserts that with one of the separators both readers return as many rows, and the same values in valid ones. */
    private static void others(Read read, String text) {
        var people = read.people();
        assertThat(List.of(';', ',', '\t')).anySatisfy(separator -> {
            var table = Table.of(text, separator);
            assertThat(table.rows()).hasSize(read.rows().size()).containsAllEntriesOf(people);
        });
    }

    private static String text(byte[] bytes) {
        var start = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 3));
        if (start.startsWith("fffe") || start.startsWith("feff")) return new String(bytes, UTF_16);
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return start.equals("efbbbf") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }
}
