package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import dk.underret.incident.Language;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads every list in {@code lists/} and compares its rows and findings with {@code lists/expected.txt}. */
class RecipientListTest {
    private static final Path LISTS = Path.of("src/test/resources/lists");

    /** A list and all its rows. */
    private record Read(RecipientList list, List<Row> rows) {
        static Read of(byte[] bytes, String file, ListRules rules) throws IOException {
            var list = RecipientList.open(new ByteArrayInputStream(bytes), file, rules);
            var rows = new ArrayList<Row>();
            for (var row = list.next(); row.isPresent(); row = list.next()) rows.add(row.get());
            return new Read(list, rows);
        }

        static Read of(String text) throws IOException {
            return of(text.getBytes(UTF_8), "list.csv", TestRules.rules());
        }

        List<Map<String, String>> people() {
            return rows.stream()
                    .filter(Row.Valid.class::isInstance)
                    .map(row -> Map.copyOf(((Row.Valid) row).person().values()))
                    .toList();
        }
    }

    static Stream<String> expected() throws IOException {
        return Files.readAllLines(LISTS.resolve("expected.txt")).stream().filter(line -> line.contains(".csv"));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void reads_the_list_and_finds_all_that_is_wrong(String expected) throws IOException {
        var file = expected.substring(0, expected.indexOf(' '));
        assertThat(shown(file)).isEqualTo(expected);
    }

    @Test
    void every_list_is_expected() throws IOException {
        try (var files = Files.list(LISTS)) {
            var lists = files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".csv"));
            assertThat(expected().map(line -> line.substring(0, line.indexOf(' '))))
                    .containsExactlyInAnyOrderElementsOf(lists.toList());
        }
    }

    /** Compares the messages with {@code lists/messages.txt}. {@code -Dlists.write} rewrites that file, for review. */
    @Test
    void says_of_each_list_what_is_wrong_and_what_to_do() throws IOException {
        var told = new StringBuilder(
                "# Each list's findings in Danish and in English. RecipientListTest says how to write them.\n");
        for (var expected : expected().toList()) {
            var file = expected.substring(0, expected.indexOf(' '));
            for (var finding : read(file).list().findings().listed()) told.append(told(finding));
        }
        var messages = LISTS.resolve("messages.txt");
        if (System.getProperty("lists.write") != null) Files.writeString(messages, told);
        assertThat(Files.readString(messages)).isEqualTo(told.toString());
    }

    private static String told(Finding finding) {
        return "\n" + finding.file() + ", row " + finding.row() + ", <" + finding.column() + ">: " + finding.code()
                + "\n" + finding.message(Language.DANISH) + "\n" + finding.message(Language.ENGLISH) + "\n";
    }

    private static Read read(String file) throws IOException {
        var required = file.startsWith("column-of-letter") ? Set.of("member_no") : Set.<String>of();
        var rules = TestRules.rules(
                file.equals("too-many-bytes.csv") ? 8_000 : 10_000_000,
                file.equals("too-many-rows.csv") ? 10 : 1_000,
                Set.of(),
                required);
        return Read.of(Files.readAllBytes(LISTS.resolve(file)), file, rules);
    }

    private static String shown(String file) throws IOException {
        var read = read(file);
        assertThat(read.list().findings().listed())
                .allMatch(finding -> finding.file().equals(file));
        return file + " | " + read.rows().stream().map(RecipientListTest::shown).collect(Collectors.joining(" "))
                + " | "
                + read.list().findings().listed().stream()
                        .map(RecipientListTest::shown)
                        .collect(Collectors.joining("; "));
    }

    private static String shown(Row row) {
        if (row instanceof Row.Valid) return row.row() + " good";
        if (row instanceof Row.Invalid bad) return row.row() + " bad" + bad.codes();
        if (row instanceof Row.Duplicate same) return row.row() + " same as " + same.of();
        return row.row() + " " + ((Row.Skipped) row).reason();
    }

    private static String shown(Finding finding) {
        return finding.code() + " " + finding.row() + " <" + finding.column() + "> " + finding.arguments();
    }

    @Nested
    class Accepted {
        private static final List<Map<String, String>> PEOPLE = List.of(
                Map.of("email", "soeren@x.example", "name", "Søren Ærø", "lånernr", "0042"),
                Map.of("email", "ase@x.example", "name", "Åse Ødegård", "lånernr", "7"));

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "utf-8",
                    "utf-8-bom",
                    "utf-16-le",
                    "utf-16-be",
                    "windows-1252",
                    "comma",
                    "tab",
                    "crlf",
                    "cr",
                    "mixed-line-ends",
                    "no-last-line-end",
                    "decomposed",
                    "spreadsheet-leftovers",
                    "header-spellings",
                    "quoted"
                })
        void is_exact_to_the_letter(String list) throws IOException {
            var read = Read.of(Files.readAllBytes(LISTS.resolve(list + ".csv")), "list.csv", TestRules.rules());
            assertThat(read.people()).isEqualTo(PEOPLE);
            assertThat(read.list().findings().listed()).isEmpty();
            assertThat(read.list().rows()).isEqualTo(2);
        }

        @Test
        void keeps_quoted_separators_quotes_and_newlines() throws IOException {
            var read = Read.of(Files.readAllBytes(LISTS.resolve("quoted-content.csv")), "list.csv", TestRules.rules());
            assertThat(read.people())
                    .containsExactly(
                            Map.of(
                                    "email",
                                    "a@x.example",
                                    "name",
                                    "Hansen, \"Anna\"",
                                    "address",
                                    "Vej 1\r\n8000 Aarhus"),
                            Map.of("email", "b@x.example", "name", "Bo \"Bob\" B", "address", "a;b"));
        }

        @Test
        void has_its_columns_under_danish_names_too() throws IOException {
            var read = Read.of("E-mail;Navn;By\na@x.example;Anna;Aarhus\n");
            var person = ((Row.Valid) read.rows().get(0)).person();
            assertThat(read.list().columns()).containsExactly("email", "name", "city");
            assertThat(person.values().get("navn")).isEqualTo("Anna");
            assertThat(person.value("by")).isEqualTo("Aarhus");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"E-mailadresse", "Emailadresse", "Mailadresse", "Mail", "E-mail address", "Email Address"})
        void has_its_addresses_under_any_common_title(String title) throws IOException {
            assertThat(Read.of(title + ";Navn\na@x.example;Anna\n").list().columns())
                    .containsExactly("email", "name");
        }

        @Test
        void has_as_many_bytes_as_are_allowed() throws IOException {
            var bytes = "email,name\na@x.example,Anna\n".getBytes(UTF_8);
            var read = Read.of(bytes, "list.csv", TestRules.rules(bytes.length, 10, Set.of(), Set.of()));
            assertThat(read.people()).hasSize(1);
            assertThat(read.list().sha256()).isPresent();
        }

        @Test
        void has_rows_although_it_is_as_short_as_its_first_two_reads() throws IOException {
            assertThat(shown(Read.of("email;a\nnobody;b").rows().get(0))).isEqualTo("2 bad[BAD_ADDRESS]");
        }

        @Test
        void has_blank_rows_of_any_white_space() throws IOException {
            var read = Read.of("email,name\n \t, \n\t,\u000b\f\n\"\r\",\"\n\"\na@x.example,Anna\n");
            assertThat(read.rows().stream().map(RecipientListTest::shown)).containsExactly("5 good");
        }

        @Test
        void keeps_a_line_that_only_looks_like_a_row() throws IOException {
            var read = Read.of("email,address\na@x.example,\"Vej 1\n@ Hansen, 8000 Aarhus\"\n");
            assertThat(read.people().get(0)).containsEntry("address", "Vej 1\n@ Hansen, 8000 Aarhus");
        }

        @ParameterizedTest
        @ValueSource(strings = {"UTF-8", "UTF-16", "x-UTF-16LE-BOM", "windows-1252"})
        void keeps_every_character_where_one_block_ends_and_the_next_begins(String charset) throws IOException {
            var name = (charset.startsWith("UTF") ? "æ漢𝒳" : "æøå").repeat(10);
            for (var shift = 0; shift < 12; shift++) {
                var text = new StringBuilder("email," + "x".repeat(shift) + "name\n");
                for (var row = 2; row < 1_800; row++)
                    text.append("p%04d@x.example,%s\n".formatted(row, name.substring(0, row % 8 * 4)));
                var read = Read.of(text.toString().getBytes(charset), "list.csv", TestRules.rules());
                assertThat(read.rows()).hasSize(1_798);
                for (var row : read.rows())
                    assertThat(((Row.Valid) row).person().values().values())
                            .last(STRING)
                            .isEqualTo(name.substring(0, (int) row.row() % 8 * 4));
            }
        }

        @Test
        void may_have_a_field_that_fills_a_block_with_the_longest_characters() throws IOException {
            var text = "\ufeffemail,name\na@x.example," + "漢".repeat(50_000) + "\nb@x.example,Bo\n";
            var read = Read.of(text.getBytes(UTF_16LE), "list.csv", TestRules.rules());
            assertThat(read.rows().stream().map(RecipientListTest::shown))
                    .containsExactly("2 bad[FIELD_TOO_LONG]", "3 good");
        }

        @Test
        void is_hashed_as_it_came() throws Exception {
            var bytes = Files.readAllBytes(LISTS.resolve("utf-16-le.csv"));
            var sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            assertThat(Read.of(bytes, "list.csv", TestRules.rules()).list().sha256())
                    .hasValue(sha256);
        }
    }

    @Nested
    class Unreadable {
        /** The end of a list must never be taken for the last row: those after it would get no letter. */
        @ParameterizedTest
        @ValueSource(ints = {-9, -1, 0, 1, 9})
        void is_reported_wherever_a_block_ends(int distance) throws IOException {
            // The header has 24 bytes and a row 19, so the second block starts with a row.
            var text = new StringBuilder("email,name_of_recipient\n");
            for (var row = 2; text.length() < 70_000; row++) text.append("p%05d@x.example,A\n".formatted(row));
            var bytes = text.toString().getBytes(UTF_8);
            bytes[(1 << 16) + distance] = 0;
            var findings = Read.of(bytes, "list.csv", TestRules.rules()).list().findings();
            assertThat(findings.counts()).containsKey(FindingCode.NOT_TEXT);
        }

        @Test
        void is_a_field_that_a_quote_makes_too_long() throws IOException {
            var read = Read.of("email,name\na@x.example,\"" + "a".repeat(4_096) + "\"\"\"\n");
            assertThat(shown(read.rows().get(0))).isEqualTo("2 bad[FIELD_TOO_LONG]");
        }
    }

    @Nested
    class Identities {
        private static final Recipient ANNA = new Recipient(9, Map.of("email", "ANNA@x.example", "name", "anna"));

        @Test
        void are_those_of_its_rows() throws IOException {
            var read = Read.of("email,name\nanna@x.example,Anna\nnobody,Bo\n");
            assertThat(read.list().identity()).containsExactly("email", "name");
            assertThat(read.list().recipient(ANNA))
                    .isEqualTo(((Row.Valid) read.rows().get(0)).recipient());
            assertThat(read.list().invalid("v1", 3))
                    .isEqualTo(((Row.Invalid) read.rows().get(1)).recipient());
        }

        @Test
        void do_not_exist_without_a_header() throws IOException {
            var list = Read.of("").list();
            assertThat(list.identity()).isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> list.recipient(ANNA));
            assertThatIllegalStateException().isThrownBy(() -> list.invalid("v1", 3));
        }
    }

    @Nested
    class Repeated {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "moved | 2 DO_NOT_WRITE | ",
                    "moved;moved | 2 DO_NOT_WRITE 3 DO_NOT_WRITE | ",
                    "moved; | 2 DO_NOT_WRITE 3 same as 2 | DIFFERENT_ROWS 3 <> [2, 3]",
                    ";moved | 2 good 3 DO_NOT_WRITE | DIFFERENT_ROWS 3 <> [2, 3]"
                })
        void rows_agree_on_whether_to_write(String reasons, String rows, String findings) throws IOException {
            var text = new StringBuilder("email,name,do_not_write\n");
            for (var reason : reasons.split(";", -1))
                text.append("a@x.example,Anna,").append(reason).append('\n');
            var read = Read.of(text.toString());
            assertThat(read.rows().stream().map(RecipientListTest::shown).collect(Collectors.joining(" ")))
                    .isEqualTo(rows);
            assertThat(read.list().findings().listed().stream().map(RecipientListTest::shown))
                    .containsExactly(findings == null ? new String[0] : new String[] {findings});
        }

        /** A hash of sixteen bits, and one that keeps fewer ones than zeros, can't tell these numbers apart. */
        @ParameterizedTest
        @CsvSource({"2098, 2384", "258, 1668"})
        void rows_have_different_letters_when_any_value_differs(String first, String second) throws IOException {
            var read =
                    Read.of("email,name,member_no\na@x.example,Anna," + first + "\na@x.example,Anna," + second + "\n");
            assertThat(read.list().findings().counts()).isEqualTo(Map.of(FindingCode.DIFFERENT_ROWS, 1L));
        }
    }

    /** A letter whose subject prints the address and, by its Danish name, the city. */
    @Nested
    class WithSubject {
        private record Subject() implements LetterNeeds {
            @Override
            public Set<String> required() {
                return Set.of();
            }

            @Override
            public Set<String> read() {
                return Set.of("email", "by");
            }

            @Override
            public Optional<String> letter(String locale) {
                return Optional.of("da");
            }

            @Override
            public List<String> missing(String locale, Recipient person) {
                return List.of();
            }

            @Override
            public List<String> lineEnds(String locale, Recipient person) {
                return read().stream()
                        .filter(column -> person.value(column).contains("\n"))
                        .toList();
            }
        }

        @Test
        void takes_no_line_end_in_a_value_that_the_subject_prints() throws IOException {
            var text = "email,By,name\na@x.example,\"Aarhus\nNord\",Anna\n\"b@x\n.example\",Odense,Bo\n"
                    + "c@x.example,Odense,\"Carl\nHansen\"\n";
            var rules = new ListRules("v1", TestRules.KEY, 1_000, 10, Set.of(), new Subject());
            var read = Read.of(text.getBytes(UTF_8), "list.csv", rules);
            assertThat(read.rows().stream().map(RecipientListTest::shown))
                    .containsExactly("2 bad[CONTROL_CHARACTER]", "3 bad[BAD_ADDRESS]", "4 good");
            assertThat(read.list().findings().listed().stream().map(RecipientListTest::shown))
                    .containsExactly("CONTROL_CHARACTER 2 <By> [By]", "BAD_ADDRESS 3 <email> []");
        }
    }

    @Nested
    class Refused {
        @Test
        void is_hashed_to_its_end() throws Exception {
            var bytes = Files.readAllBytes(LISTS.resolve("nul.csv"));
            var sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            assertThat(Read.of(bytes, "list.csv", TestRules.rules()).list().sha256())
                    .hasValue(sha256);
        }

        @Test
        void is_not_hashed_where_it_is_too_large() throws IOException {
            var read = Read.of(new byte[11_000_000], "list.csv", TestRules.rules());
            assertThat(read.list().findings().refuse()).isTrue();
            assertThat(Read.of("email,name\n".repeat(1_000_000).getBytes(UTF_8), "l", TestRules.rules())
                            .list()
                            .sha256())
                    .isEmpty();
        }

        @Test
        void keeps_the_first_thousand_findings_and_counts_the_rest() throws IOException {
            var read = Read.of("email,name\n" + "none,Anna\n".repeat(1_500) + "a@x.example\n");
            var findings = read.list().findings();
            assertThat(findings.listed()).hasSize(Findings.IN_FULL + 1);
            assertThat(findings.counts()).isEqualTo(Map.of(FindingCode.BAD_ADDRESS, 1_500L, FindingCode.WIDTH, 1L));
            assertThat(findings.rest()).isEqualTo(Map.of(FindingCode.BAD_ADDRESS, 500L));
        }
    }

    @Nested
    class CprGuard {
        @Test
        void leaves_out_columns_that_are_named_in_not_cpr() throws IOException {
            var text = "email,CPR nr,id\na@x.example,1,010260-1234\nb@x.example,2,0102601234\n";
            var rules = TestRules.rules(1_000, 10, Set.of("cpr_nr", "ID"), Set.of());
            var read = Read.of(text.getBytes(UTF_8), "list.csv", rules);
            assertThat(read.list().findings().listed()).isEmpty();
            assertThat(read.people()).hasSize(2);
        }

        private static List<FindingCode> codes(String... numbers) throws IOException {
            var text = new StringBuilder("email,no\n");
            for (var number : numbers)
                text.append('p')
                        .append(text.length())
                        .append("@x.example,")
                        .append(number)
                        .append('\n');
            return Read.of(text.toString()).list().findings().listed().stream()
                    .map(Finding::code)
                    .distinct()
                    .toList();
        }

        @Test
        void refuses_a_column_where_most_numbers_have_a_hyphen() throws IOException {
            assertThat(codes("010260-1234", "7")).containsExactly(FindingCode.CPR_VALUE);
            assertThat(codes("010260-1234", "7", "010261-1234"))
                    .containsExactly(FindingCode.CPR_VALUE, FindingCode.CPR_COLUMN);
        }

        @Test
        void refuses_a_column_where_more_than_nine_of_ten_have_the_shape() throws IOException {
            var shaped = Stream.generate(() -> "0102601234").limit(9);
            assertThat(codes(Stream.concat(shaped, Stream.of("7")).toArray(String[]::new)))
                    .containsExactly(FindingCode.CPR_SHAPED);
            shaped = Stream.generate(() -> "0102601234").limit(10);
            assertThat(codes(Stream.concat(shaped, Stream.of("7")).toArray(String[]::new)))
                    .containsExactly(FindingCode.CPR_COLUMN);
        }

        @Test
        void only_warns_of_a_single_number() throws IOException {
            assertThat(codes("0102601234")).containsExactly(FindingCode.CPR_SHAPED);
        }

        @Test
        void refuses_the_column_of_a_list_that_cannot_be_read_to_its_end() throws IOException {
            assertThat(codes("010260-1234", "010261-1234", "\"7"))
                    .containsExactly(FindingCode.CPR_VALUE, FindingCode.CPR_COLUMN, FindingCode.UNCLOSED_QUOTE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "010260-1234",
                    "x 311299-0000 y",
                    "010260–1234",
                    "290200-1111",
                    "010160-1234",
                    "010260\u20101234",
                    "010260\u20151234",
                    "010260\u22121234"
                })
        void takes_a_date_with_a_hyphen_and_four_digits_for_one(String value) {
            assertThat(CprShape.find(value)).isEqualTo(CprShape.HYPHENATED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0102601234", "nr. 0102601234.", "010260 1234"})
        void takes_ten_digits_for_a_shape(String value) {
            assertThat(CprShape.find(value)).isEqualTo(CprShape.BARE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "320160-1234",
                    "011360-1234",
                    "310460-1234",
                    "000060-1234",
                    "000160-1234",
                    "010060-1234",
                    "010260\u200f1234",
                    "010260\u20161234",
                    "010260",
                    "010260-",
                    "010260-12345",
                    "1010260-1234",
                    "4102601234",
                    "010260--123",
                    "0102",
                    ""
                })
        void takes_nothing_else_for_one(String value) {
            assertThat(CprShape.find(value)).isEqualTo(CprShape.NONE);
        }
    }
}
