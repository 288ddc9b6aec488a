package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsJsonTest {
    @Test
    void reads_plain_maps() throws FindingsException {
        var facts = parse(
                "\uFEFF{\"title\": \"Læk\", \"n\": 1, \"x\": 1.50, \"a\": [true, \"b\", {\"c\": 2e3}], \"gone\": null}");

        assertThat(facts.keySet()).containsExactly("title", "n", "x", "a", "gone");
        assertThat(facts)
                .containsEntry("title", "Læk")
                .containsEntry("n", BigDecimal.ONE)
                .containsEntry("x", new BigDecimal("1.50"))
                .containsEntry("a", List.of(true, "b", Map.of("c", new BigDecimal("2E+3"))))
                .containsEntry("gone", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"a\": 1,\\n \"æøå\": tru }          | json      | 2 | 9",
                "{ \"a\": 1                             | json      | 1 | 9",
                "{ \"a\": 1 } x                         | json      | 1 | 12",
                "{ \"a\": 1 } {}                        | json      | 1 | 12",
                "{ \"a\": {\\n \"b\": 1,\\n \"b\": 2 } } | duplicate | 3 | 2",
                "{ \"\": 1 }                            | name      | 1 | 3",
                "{ \"a\": [1, null] }                   | null      | 1 | 12",
                "[1]                                    | document  | 1 | 1",
                "\"text\"                               | document  | 1 | 1",
                "{ \"a\": 01 }                          | json      | 1 | 9",
                "{ \"a\": NaN }                         | json      | 1 | 11",
                "{ \"notice_id\": 1 }                   | reserved  | 1 | 3",
                "{ \"a\": \"x \\ud83d y\" }              | character | 1 | 8",
                "{ \"a\": [\"\\ude00\\ud83d\"] }         | character | 1 | 9",
                "{ \"\\ud83d\": 1 }                     | character | 1 | 3",
                "{ \"n\": 1e200 }                       | number    | 1 | 8",
                "{ \"n\": 1e-999999999 }                | number    | 1 | 8",
                "{ \"n\": 1e10000001000000 }            | number    | 1 | 8",
                "{ \"n\": 123456789012345678901234567890123456789 } | number | 1 | 8",
            })
    void refuses_with_line_and_column(String json, String kind, long line, int column) {
        var refused = refused(json.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(refused).isEqualTo(Finding.at(FindingCode.BAD_FACTS, "incident.json", line, "", kind, line, column));
    }

    @Test
    void reports_the_position_of_a_fault() {
        var refused = refused("{ \"a\": 1,\n \"b\": }".getBytes(StandardCharsets.UTF_8));

        assertThat(refused.message(Language.ENGLISH))
                .isEqualTo("The file is not valid JSON at line 2, column 7. Check just before it for a missing comma,"
                        + " quotation mark or bracket.");
        assertThat(refused.message(Language.DANISH))
                .isEqualTo("Filen er ikke gyldig JSON på linje 2, tegn 7. Se, om der mangler et komma,"
                        + " et anførselstegn eller en parentes lige før.");
    }

    @Test
    void reserves_the_tables_attribute_names_only_at_the_top_level() throws FindingsException {
        assertThat(parse("{\"own\": {\"notice_id\": \"x\"}}")).containsKey("own");
    }

    @Test
    void refuses_an_empty_file() {
        assertThat(refused(new byte[0]).code()).isEqualTo(FindingCode.BAD_FACTS);
    }

    @Test
    void refuses_other_encodings_than_utf_8() {
        assertThat(refused("{\"title\": \"Læk\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Finding.of(FindingCode.BAD_FACTS, "incident.json", "encoding"));
    }

    @Test
    void refuses_facts_that_are_nested_too_deeply() {
        assertThat(refused("{\"a\":".repeat(5000).getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo(FindingCode.BAD_FACTS);
    }

    @Test
    void takes_300_KB_and_not_a_byte_more() throws FindingsException {
        var fits = "{\"a\":\"" + "x".repeat(FactsJson.MAX_BYTES - 8) + "\"}";

        assertThat(parse(fits)).containsKey("a");
        assertThat(refused((fits + " ").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Finding.of(FindingCode.FACTS_TOO_LARGE, "incident.json", 301, 300));
    }

    private static Map<String, Object> parse(String json) throws FindingsException {
        return FactsJson.parse(json.getBytes(StandardCharsets.UTF_8), "incident.json");
    }

    private static Finding refused(byte[] json) {
        var refused = catchThrowableOfType(FindingsException.class, () -> FactsJson.parse(json, "incident.json"));
        return refused.findings().getFirst();
    }
}
