package dk.underret.letter;

import static dk.underret.testing.LetterWords.between;
import static dk.underret.testing.LetterWords.textOf;
import static dk.underret.testing.LetterWords.words;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FactsCheck;
import dk.underret.incident.FactsJson;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeId;
import dk.underret.incident.Severity;
import dk.underret.recipient.Recipient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the sample letters equal their sources word for word, except white space and bullets. */
class SeedLettersTest {
    @Nested
    class Komit {
        private final String source = source("komit-multimail.txt");

        @Test
        void equals_its_source_with_the_gaps_filled_from_facts() throws Exception {
            var letters = letters("komit", "events/komit/da.hbs", "da", ',');

            assertThat(letters).hasSize(10);
            for (var letter : letters) {
                var expected = words("Følgebrev om Multimail\nKære " + letter.name() + "\n"
                        + between(source, "Vores IT-leverandør", "(Her skriver")
                        + letter.affected().stream().map(String::valueOf).collect(Collectors.joining("\n"))
                        + "\n" + between(source, "Komit skriver om hackerangrebet", "[Indsæt afsender info]")
                        + "Elverhøj Friskole,\npersondata@elverhoejfriskole.example,\n+45 55 55 01 20");
                assertThat(words(letter.letter().text())).isEqualTo(expected);
                assertThat(words(textOf(letter.letter().html()))).isEqualTo(expected);
            }
        }
    }

    @Nested
    class Bmw {
        private final String source = source("bmw-tietoevry.txt");

        @Test
        void equals_its_source_for_rows_with_a_reminder() throws Exception {
            var letters = letters("bmw", "events/bmw/da.hbs", "da", ';').stream()
                    .filter(letter -> letter.recipient().value("reminder").equals("yes"))
                    .toList();

            assertThat(letters).hasSize(3).allSatisfy(letter -> assertText(letter, words(source)));
        }

        @Test
        void has_no_section_on_invoices_for_other_rows() throws Exception {
            var letters = letters("bmw", "events/bmw/da.hbs", "da", ';').stream()
                    .filter(letter -> letter.recipient().value("reminder").equals("no"))
                    .toList();
            var invoices = between(source, "Vigtig info vedrørende fakturering", "Vi beklager meget ulejligheden");

            assertThat(letters)
                    .hasSize(5)
                    .allSatisfy(letter -> assertText(letter, words(source.replace(invoices, ""))));
        }
    }

    @Nested
    class Shipped {
        @ParameterizedTest
        @ValueSource(strings = {"da", "en"})
        void is_complete_with_the_facts_of_the_komit_sample(String locale) throws Exception {
            var file = "src/main/resources/letters/breach-notice/" + locale + ".hbs";

            assertThat(findings("komit", file, locale)).isEmpty();
            assertThat(letters("komit", file, locale, ',')).hasSize(10).allSatisfy(letter -> {
                assertThat(words(textOf(letter.letter().html())))
                        .isEqualTo(words(letter.letter().text()));
                assertThat(letter.letter().text()).contains(letter.name()).doesNotContain("{{", "null", "  ");
                assertThat(letter.letter().html()).contains("lang=\"" + locale + "\"");
            });
        }

        @ParameterizedTest
        @CsvSource({"da, Du behøver ikke gøre noget nu.", "en, You do not need to do anything now."})
        void omits_parts_without_facts(String locale, String nothingToDo) throws Exception {
            var facts = FactsJson.parse(
                    Files.readAllBytes(Path.of("src/test/resources/letters/least-facts.json")), "incident.json");
            var template = template("src/main/resources/letters/breach-notice/" + locale + ".hbs", locale);
            var person = new Recipient(2, Map.of("email", "bo@post.example", "name", "Bo"));

            assertThat(FactsCheck.findings(new Incident(new NoticeId("least", NoticeId.MAIN), facts, Set.of())))
                    .allMatch(finding -> finding.severity() == Severity.WARNS);
            assertThat(template.check(facts, Set.of("email", "name"))).isEmpty();
            assertThat(template.prepare(facts).render(person).text())
                    .contains(nothingToDo, "+45 55 55 01 01")
                    .doesNotContain("KOMiT", "\n\n\n", " ,", " .", "..", "null", "datatilsynet den");
        }

        @Test
        void answers_the_readers_questions_in_their_order() throws Exception {
            var letter = letters("komit", "src/main/resources/letters/breach-notice/da.hbs", "da", ',')
                    .getFirst()
                    .letter();

            assertThat(letter.subject()).isEqualTo("Hackerangreb på Multimail: dine personoplysninger er lækket");
            assertThat(letter.text())
                    .isEqualToNormalizingNewlines(
                            Files.readString(Path.of("src/test/resources/letters/breach-notice-komit-da.txt")));
        }
    }

    private static void assertText(Rendered letter, String expected) {
        assertThat(words(letter.letter().text())).isEqualTo(expected);
        assertThat(words(textOf(letter.letter().html()))).isEqualTo(expected);
    }

    private static List<Finding> findings(String sample, String file, String locale) throws Exception {
        return template(file, locale)
                .check(
                        incident(sample).frozenFacts(),
                        rows(sample, ',').getFirst().values().keySet());
    }

    private static List<Rendered> letters(String sample, String file, String locale, char separator) throws Exception {
        var facts = incident(sample).frozenFacts();
        var rows = rows(sample, separator);
        var template = template(file, locale);
        assertThat(template.check(facts, rows.getFirst().values().keySet())).isEmpty();
        var prepared = template.prepare(facts);
        var letters = new ArrayList<Rendered>();
        for (var row : rows) letters.add(new Rendered(row, facts, prepared.render(row)));
        return letters;
    }

    private static LetterTemplate template(String file, String locale) throws IOException, FindingsException {
        return LetterTemplate.compile(
                new LetterSource("seed", locale, LetterSource.SHIPPED, Files.readString(Path.of(file))));
    }

    private static Incident incident(String sample) throws IOException, FindingsException {
        var facts = FactsJson.parse(Files.readAllBytes(Path.of("events", sample, "incident.json")), "incident.json");
        return Incident.of(new NoticeId(sample, NoticeId.MAIN), facts, Optional.empty());
    }

    private static List<Recipient> rows(String sample, char separator) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var records = format.parse(Files.newBufferedReader(Path.of("events", sample, "list.csv")))) {
            return records.stream()
                    .map(record -> new Recipient(record.getRecordNumber() + 1, record.toMap()))
                    .toList();
        }
    }

    private static String source(String file) {
        try {
            return Files.readString(Path.of("src/test/resources/letters", file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Rendered(Recipient recipient, Map<String, Object> facts, Letter letter) {
        String name() {
            return recipient.value("name");
        }

        List<?> affected() {
            var own = recipient.value("affected_data");
            if (!own.isEmpty()) return List.of(own.split("\\|", -1));
            var groups = (List<?>) facts.get("affected_data");
            return (List<?>) ((Map<?, ?>) groups.getFirst()).get("items");
        }
    }
}
