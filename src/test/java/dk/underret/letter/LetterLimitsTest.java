package dk.underret.letter;

import static dk.underret.letter.LetterFixture.body;
import static dk.underret.letter.LetterFixture.compileFindings;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.testing.ReadingCosts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a letter is refused if it would exhaust the stack, the memory or the time. */
class LetterLimitsTest {
    /** Repeats {@code begin}, then repeats {@code end} as often. */
    private static String nested(String begin, String end, int times) {
        return begin.repeat(times) + "x" + end.repeat(times);
    }

    private static Finding at(int line, String construct, String reason) {
        return Finding.at(FindingCode.BAD_LETTER, "da.hbs", line, construct, construct, "BAD_LETTER." + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{{#if recipient.name}}|{{/if}}|50|{{#if recipient.name",
                "{{#if recipient.name}}|{{/if}}|9000|{{#if recipient.name",
                "{{~#if recipient.name}}|''|3000|{{~#if recipient.nam",
                "{{#each incident.list}}|{{/each}}|3|{{#each incident.lis",
                "{{# each incident.list}}|{{/each}}|3|{{# each incident.li"
            })
    void refuses_blocks_that_are_nested_too_deeply(String begin, String end, int max, String construct) {
        assertThat(ReadingCosts.within(() -> compileFindings(body(nested(begin, end, max + 1)))))
                .containsExactly(at(3, construct, "deep"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {">|''|49", ">|''|60000", "- |''|40000", "*a **a |b** b*|5000", "*a **a |b** b*|200", "[|](x)|3000"
            })
    void refuses_markdown_that_is_nested_too_deeply(String begin, String end, int times) {
        assertThat(ReadingCosts.within(() -> compileFindings(body(nested(begin, end, times)))))
                .containsExactly(at(3, "Markdown", "deep"));
    }

    @Test
    void refuses_deep_markdown_below_other_text() {
        assertThat(compileFindings(body("Hej\n\n- a\n- b\n\n" + ">".repeat(100) + "x")))
                .containsExactly(at(8, "Markdown", "deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "_", "["})
    void refuses_more_than_2000_marks_in_a_paragraph_though_none_is_nested(String mark) {
        assertThat(compileFindings(body(("x " + mark + " ").repeat(2_000)))).isEmpty();
        assertThat(compileFindings(body(("x " + mark + " ").repeat(2_001)))).containsExactly(at(3, "Markdown", "deep"));
        assertThat(compileFindings(body((("x " + mark + " ").repeat(2_000) + "\n\n").repeat(2))))
                .isEmpty();
    }

    @Test
    void refuses_more_than_2000_characters_that_start_a_line_though_none_is_nested() {
        assertThat(compileFindings(body(" ".repeat(2_000) + "x"))).isEmpty();
        assertThat(compileFindings(body(" ".repeat(2_001) + "x"))).containsExactly(at(3, "Markdown", "deep"));
    }

    @Test
    void counts_the_tags_from_the_first_character_on_and_after_comments() {
        var tooDeep = nested("{{#if recipient.name}}", "{{/if}}", 51);
        assertThat(compileFindings(tooDeep)).containsExactly(at(1, "{{#if recipient.name", "deep"));
        assertThat(compileFindings(body("{{! x }}\n" + tooDeep)))
                .containsExactly(at(4, "{{#if recipient.name", "deep"));
        assertThat(compileFindings(body("{{!-- " + tooDeep + tooDeep + " --}}\n" + tooDeep)))
                .containsExactly(at(4, "{{#if recipient.name", "deep"));
    }

    @Test
    void counts_each_else_if_as_a_nesting_level() {
        var chain = "{{else if recipient.name}}x".repeat(50);
        assertThat(compileFindings(body("{{#if recipient.name}}x" + chain + "{{/if}}")))
                .containsExactly(at(3, "{{else if recipient.", "deep"));
        assertThat(compileFindings(body(("{{#if recipient.name}}" + chain.substring(27) + "{{/if}}").repeat(5))))
                .isEmpty();
    }

    @Test
    void accepts_a_letter_at_the_limits() {
        assertThat(compileFindings(body(nested("{{#if recipient.name}}", "{{/if}}", 50))))
                .isEmpty();
        assertThat(compileFindings(body(nested("{{#each incident.list}}", "{{/each}}", 3))))
                .isEmpty();
        assertThat(compileFindings(body("{{#if recipient.name}}x{{/if}}".repeat(100))))
                .isEmpty();
        assertThat(compileFindings(body(nested(">", "", 48)))).isEmpty();
        assertThat(compileFindings(body("{{!-- " + "x".repeat(5_000) + " --}}Hej")))
                .isEmpty();
    }

    @Test
    void accepts_a_letter_of_the_maximum_length_and_checks_its_encoding() {
        assertThat(compileFindings(body("x".repeat(299_979)))).isEmpty();
        assertThat(compileFindings(body("x".repeat(299_978) + "\uFFFD"))).containsExactly(at(3, "UTF-8", "encoding"));
    }

    @Test
    void refuses_a_letter_that_is_too_long() {
        assertThat(compileFindings(body("x".repeat(300_000)))).containsExactly(at(0, "300021", "long"));
    }

    @Test
    void refuses_a_tag_that_is_too_long() {
        var path = "\n{{incident" + ".a".repeat(20_000) + "}}";
        var open = "\n" + "{{#if (not ".repeat(5_000);
        assertThat(List.of(compileFindings(body(path)), compileFindings(body(open))))
                .containsExactly(
                        List.of(at(4, "{{incident.a.a.a.a.a", "long")), List.of(at(4, "{{#if (not {{#if (no", "long")));
    }

    @Test
    void reports_an_index_that_is_out_of_range() {
        assertThat(LetterFixture.checkFindings("{{incident.list.99999999999}}", Map.of("list", List.of("a"))))
                .containsExactly("3 BAD_LETTER [incident.list.99999999999, BAD_LETTER.unknown_path]");
    }
}
