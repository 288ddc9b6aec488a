package dk.underret.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dk.underret.incident.FactsJson;
import dk.underret.incident.FindingsException;
import dk.underret.recipient.Recipient;
import dk.underret.testing.FindingMessages;
import dk.underret.testing.ReadingCosts;
import dk.underret.testing.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes a letter's source, and renders it with rows that contain markup. */
class LetterFuzzTest {
    private static final Map<String, Object> FACTS = facts();

    /** Handlebars, Markdown and HTML markup, without white space, because white space would end a link. */
    private static final String MARKUP = "<script>&quot;\"'</a>[x](javascript:x)*_`{{recipient.email}}|";

    /** All kinds of white space, and characters that change the direction of text. */
    private static final String SPECIAL_CHARACTERS = "a\u00a0\u202e\u2066\t <b>#\n\n- x\r\n> y\u2028</title>";

    private static final Pattern ELEMENT = Pattern.compile(
            "<(?!/?(html|head|title|style|body|main|p|h[1-6]|em|strong|a|ul|ol|li|blockquote|pre|code)[ >]"
                    + "|(!DOCTYPE|meta|hr|br) ?)");

    private static Map<String, Object> facts() {
        try (var in = LetterFuzzTest.class.getResourceAsStream("/events/komit/incident.json")) {
            return FactsJson.parse(in.readAllBytes(), "incident.json");
        } catch (IOException | FindingsException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<byte[]> letters() {
        return Stream.of("events/bmw", "events/komit", "src/main/resources/letters/breach-notice")
                .flatMap(folder -> Seeds.in(folder, ".hbs"));
    }

    @DictionaryEntries({
        "{{recipient.name}}",
        "{{#if recipient.name}}",
        "{{#if (eq recipient.x \"ja\")}}",
        "{{else if recipient.y}}",
        "{{else}}",
        "{{/if}}",
        "{{#each incident.measures}}",
        "{{text}}{{this}}{{@index}}",
        "{{/each}}",
        "{{#with incident.controller}}",
        "{{name}}{{/with}}",
        "{{number recipient.n}}",
        "{{date recipient.d \"short\"}}",
        "{{period incident.exposure}}",
        "{{list recipient.affected_data}}",
        "{{#unless (not recipient.z)}}{{/unless}}",
        "[x](https://x.example/{{recipient.u}})",
        "[{{recipient.name}}]({{recipient.u}})",
        "\\x0a\\x0a- ",
        "\\x0a\\x0a> ",
        "\\x0a\\x0a# ",
        "\\x0a\\x0a```\\x0a",
        "\\x0a\\x0a    ",
        "&amp;&#60;",
        "<b>",
        "incident.measures.[0].text"
    })
    @MethodSource("letters")
    @FuzzTest
    void prints_values_as_text_or_has_findings(byte[] bytes) {
        var source = new LetterSource("own", "da", "v1", new String(bytes, UTF_8));
        LetterTemplate template;
        try {
            template = ReadingCosts.within(() -> LetterTemplate.compile(source));
        } catch (FindingsException e) {
            FindingMessages.areComplete(e.findings());
            return;
        }
        var findings = ReadingCosts.within(() -> template.check(FACTS, Set.of("email", "name", "member_no")));
        findings.forEach(FindingMessages::isComplete);
        var columns = template.requirements(FACTS).read();
        findings = template.check(FACTS, columns);
        if (findings.stream().anyMatch(finding -> finding.row() > 0)) return;

        UnaryOperator<String> value = column -> value(column, bytes);
        var plain = letter(template, row(columns, value));
        var marked = letter(template, row(columns, column -> value.apply(column) + MARKUP));
        letter(template, row(columns, column -> SPECIAL_CHARACTERS));
        letter(template, row(columns, column -> ""));
        letter(template, row(columns, column -> "1e999999999"));
        assertThat(marked.isPresent()).isEqualTo(plain.isPresent());
        if (plain.isPresent()) assertSameExceptValues(plain.get(), marked.get(), columns, value);
    }

    /** Returns a value that doesn't occur in the source. The fuzzer sees comparisons and would copy a constant into it. */
    private static String value(String column, byte[] source) {
        return "Qx" + Integer.toHexString(Arrays.hashCode(source)) + "y" + column.hashCode() + "z";
    }

    /** Renders the letter of a row; empty if the row lacks a required value. */
    private static Optional<Letter> letter(LetterTemplate template, Recipient row) {
        var requirements = template.requirements(FACTS);
        if (!requirements.missing(row).isEmpty()
                || !requirements.lineEndInSubject(row).isEmpty()) return Optional.empty();
        var letter = ReadingCosts.within(() -> template.prepare(FACTS).render(row));
        assertThat(letter.subject()).isNotBlank().doesNotContain("\n", "\r");
        assertThat(letter.html()).doesNotContainPattern(ELEMENT);
        assertThat(letter.subject() + letter.text() + letter.html()).doesNotContainPattern("[\uFDD0-\uFDEF]");
        return Optional.of(letter);
    }

    private static Recipient row(Set<String> columns, UnaryOperator<String> value) {
        var values = new LinkedHashMap<String, String>();
        values.put("email", value.apply("email"));
        for (var column : columns)
            values.put(column, column.equals(Conditions.AFFECTED_DATA) ? "navn|adresse" : value.apply(column));
        return new Recipient(2, values);
    }

    /** Asserts that the longer values of the second letter appear as text in each of its parts, and that nothing else differs. */
    private static void assertSameExceptValues(
            Letter plain, Letter marked, Set<String> columns, UnaryOperator<String> value) {
        UnaryOperator<String> more = part -> {
            var changed = part;
            for (var column : columns)
                if (!column.equals(Conditions.AFFECTED_DATA))
                    changed = changed.replace(value.apply(column), value.apply(column) + MARKUP);
            return changed;
        };
        assertThat(marked.subject()).isEqualTo(more.apply(plain.subject()));
        assertThat(marked.text()).isEqualTo(more.apply(plain.text()));
        assertThat(marked.html()).isEqualTo(more.apply(plain.html()).replace(MARKUP, Html.escaped(MARKUP)));
    }
}
