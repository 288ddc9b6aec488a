package dk.underret.letter;

import static dk.underret.letter.LetterFixture.body;
import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.en;
import static dk.underret.letter.LetterFixture.facts;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.testing.ReadingCosts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    private static final Map<String, Object> FACTS = facts("""
            {'aware_at': '2025-08-10T23:30:00+02:00', 'day': '2025-01-02', 'month': '2025-03', 'n': 1234567.5, 'i': 42,
             'exposure': {'from': '2025-08-01', 'to': '2025-08-10'}, 'months': {'from': '2025-07-30', 'to': '2025-08-10'},
             'years': {'from': '2024-12-30', 'to': '2025-01-02'}, 'open': {'from': '2025-08-01'},
             'same': {'from': '2025-08-01', 'to': '2025-08-01'},
             'hours': {'from': '2025-08-01T08:00', 'to': '2025-08-01T17:30'}, 'exact': 0.12345, 'empty': {}, 'one': ['a'], 'two': ['a', 'b'], 'three': ['a', 'b', 'c'],
             'authorities': [{'short_name': 'IMY'}, {'short_name': 'Datatilsynet'}], 'no': 'Nej ', 'zero': 0, 'off': false,
             'yes': 'ja', 'none': []}
            """);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/letters/formats.csv", delimiter = '|', numLinesToSkip = 1)
    void formats_values_in_danish_and_english(String tag, String danish, String english) {
        var row = row("n", "1234.5", "date", "2025-08-01", "free", "i august", "affected_data", "x|y|z");
        assertThat(da(body(tag)).prepare(FACTS).render(row).text().strip()).isEqualTo(danish);
        assertThat(en(body(tag)).prepare(FACTS).render(row).text().strip()).isEqualTo(english);
    }

    /** The expected values are from the JDK's copy of Unicode's CLDR. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/letters/formats-other.csv", delimiter = '|', numLinesToSkip = 1)
    void formats_values_in_other_languages_by_the_locale_data(String locale, String tag, String expected) {
        var row = row("n", "1234567.5", "free", "i august", "affected_data", "x|y|z");
        assertThat(LetterFixture.compile(locale, body(tag))
                        .prepare(FACTS)
                        .render(row)
                        .text()
                        .strip())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "und", "qaa", "en_GB", "e", "sv-", "-", ""})
    void refuses_an_unknown_language(String locale) {
        assertThatThrownBy(
                        () -> LetterTemplate.compile(new LetterSource("own", locale, "v1", "Subject: Data\n\nHej\n")))
                .asInstanceOf(type(FindingsException.class))
                .extracting(FindingsException::findings, list(Finding.class))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, locale + ".hbs", 0, locale, locale, "BAD_LETTER.language"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1E+101", "1e100"})
    void does_not_format_a_number_with_too_many_digits(String typed) {
        var letter = da(body("{{number recipient.x}}")).prepare(FACTS);
        assertThat(ReadingCosts.within(() -> letter.render(row("x", typed)).text()))
                .isEqualTo(typed + "\n");
    }

    @Test
    void formats_a_number_of_at_most_100_characters_and_digits() {
        var letter = da(body("{{number recipient.x}}")).prepare(FACTS);
        var longest = "0".repeat(96) + "1234";
        assertThat(letter.render(row("x", longest)).text()).isEqualTo("1.234\n");
        assertThat(letter.render(row("x", "0" + longest)).text()).isEqualTo("0" + longest + "\n");
        assertThat(letter.render(row("x", "1e99")).text()).isEqualTo("1" + ".000".repeat(33) + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "no,no",
        "Nej,no",
        "' nej ',no",
        "FALSE,no",
        "0,no",
        "' ',no",
        "'',no",
        "ja,yes",
        "yes,yes",
        "00,yes",
        "x,yes",
        "nope,yes"
    })
    void treats_a_word_for_no_as_empty(String typed, String expected) {
        var letter = da(body("{{#if recipient.x}}yes{{else}}no{{/if}}")).prepare(FACTS);
        assertThat(letter.render(row("x", typed)).text().strip()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/letters/guards.csv", delimiter = '|')
    void evaluates_a_guard(String guard, String expected) {
        var body = "{{#" + guard + "}}yes{{else}}no{{/" + guard.split(" ", 2)[0] + "}}";
        var row = row("x", "nej", "y", "Ja", "z", "");
        assertThat(da(body(body)).prepare(FACTS).render(row).text().strip()).isEqualTo(expected);
    }

    @Test
    void evaluates_else_if() {
        var letter = da(body("{{#if (eq recipient.a '1')}}et{{else if (eq recipient.a '2')}}to{{else}}andet{{/if}}"))
                .prepare(FACTS);
        assertThat(letter.render(row("a", "1")).text()).isEqualTo("et\n");
        assertThat(letter.render(row("a", "2")).text()).isEqualTo("to\n");
        assertThat(letter.render(row("a", "3")).text()).isEqualTo("andet\n");
    }
}
