package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads headers that people and spreadsheets write. */
class HeaderTest {
    private static RecipientList list(String text, Set<String> required) throws IOException {
        var rules = TestRules.rules(10_000_000, 100_000, Set.of(), required);
        return RecipientList.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "list.csv", rules);
    }

    private static List<String> columns(String text) throws IOException {
        return list(text, Set.of()).columns();
    }

    /** Reads all rows. */
    private static List<Finding> findings(String text) throws IOException {
        var list = list(text, Set.of());
        while (list.next().isPresent()) {}
        return list.findings().listed();
    }

    @Nested
    class A_separator {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "Navn (for, mellem, efter);E-mail | navn_for_mellem_efter email",
                    "\"Skriv, e-mail, her\";E-mail | skriv_e_mail_her email",
                    "Hold, år, by;Alder;E-mail;x | hold_år_by alder email x"
                })
        void is_the_one_that_makes_a_column_of_the_address(String header, String columns) throws IOException {
            assertThat(String.join(" ", columns(header + "\n"))).isEqualTo(columns);
        }

        @Test
        void is_looked_for_in_the_header_alone() throws IOException {
            assertThat(columns("email;note\na@x.example;by,email,or,phone,,,\n"))
                    .containsExactly("email", "note");
        }

        @Test
        void is_looked_for_after_blank_lines() throws IOException {
            assertThat(columns(" \n;\r\n" + "\n".repeat(100) + "email;note\na@x.example;by,email,or,phone,,,\n"))
                    .containsExactly("email", "note");
        }

        @Test
        void is_found_after_a_line_end_within_quotes() throws IOException {
            assertThat(columns("\"name\n(in full)\";email\n")).containsExactly("name_in_full", "email");
        }

        @Test
        void is_found_although_the_last_quote_is_forgotten() throws IOException {
            assertThat(findings("Name (first, middle, last);\"email"))
                    .containsExactly(Finding.at(FindingCode.UNCLOSED_QUOTE, "list.csv", 1, ""));
        }

        @Test
        void is_missed_in_the_headers_row() throws IOException {
            assertThat(findings("; ;\nemail\na@x.example\n"))
                    .containsExactly(Finding.at(FindingCode.NO_SEPARATOR, "list.csv", 2, ""));
        }

        @Test
        void is_not_looked_for_beyond_a_block_of_blank_lines() throws IOException {
            assertThat(findings("\n".repeat(1 << 16))).containsExactly(Finding.of(FindingCode.EMPTY_LIST, "list.csv"));
        }
    }

    @Nested
    class Columns {
        /** 130,000 bytes: twice what is read at once. */
        @Test
        void may_be_more_than_a_block_holds() throws IOException {
            var header = IntStream.range(0, 13_000).mapToObj("column%04d"::formatted);
            var list = list(
                    "email;" + header.collect(Collectors.joining(";")) + "\na@x.example" + ";1".repeat(13_000) + "\n",
                    Set.of());
            assertThat(list.columns()).hasSize(13_001).endsWith("column12999");
            assertThat(list.next())
                    .get()
                    .isInstanceOfSatisfying(
                            Row.Valid.class,
                            row -> assertThat(row.person().value("column12999")).isEqualTo("1"));
        }

        @Test
        void beyond_sixteen_thousand_make_one() throws IOException {
            var list = list("email" + ";n".repeat(1 << 15) + "\na@x.example" + ";1".repeat(1 << 15) + "\n", Set.of());
            assertThat(list.next()).isPresent();
            assertThat(list.next()).isEmpty();
            assertThat(list.findings().refuse()).isTrue();
        }

        @Test
        void without_title_at_the_end_need_no_fields() throws IOException {
            assertThat(findings("email;name;;\na@x.example;Anna\nb@x.example;Bo;;\n"))
                    .isEmpty();
        }

        @Test
        void without_title_are_not_listed_among_those_found() throws IOException {
            assertThat(list("email,,name\n", Set.of("member_no")).findings().listed())
                    .containsExactly(Finding.at(
                            FindingCode.MISSING_COLUMN, "list.csv", 1, "member_no", "member_no", "email, name"));
        }

        @Test
        void are_shown_by_their_own_title_wherever_they_stand() throws IOException {
            assertThat(findings("Sprog;email\nxx;a@x.example\n"))
                    .containsExactly(Finding.at(FindingCode.NO_LETTER_FOR_LOCALE, "list.csv", 2, "Sprog"));
        }

        @Test
        void that_are_a_persons_values_are_not_shown() throws IOException {
            assertThat(findings("@anna,Anna\n@bo,Bo\n"))
                    .contains(Finding.at(FindingCode.MISSING_COLUMN, "list.csv", 1, "email", "email", "…, …"));
        }
    }
}
