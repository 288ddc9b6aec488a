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
import java.time.Instant;
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
        @CsvSource(
                delimiter = '|',
                value = {
                    "da | Vi har ingen særlige råd til dig lige nu. Vi skriver igen, hvis det ændrer sig.",
                    "en | We have no particular advice for you at the moment. We will write again if that changes."
                })
        void omits_parts_without_facts(String locale, String noAdvice) throws Exception {
            var facts = FactsJson.parse(
                    Files.readAllBytes(Path.of("src/test/resources/letters/least-facts.json")), "incident.json");
            var template = template("src/main/resources/letters/breach-notice/" + locale + ".hbs", locale);
            var person = new Recipient(2, Map.of("email", "bo@post.example", "name", "Bo"));

            assertThat(FactsCheck.findings(
                            new Incident(new NoticeId("least", NoticeId.MAIN), facts, Set.of()), Instant.now()))
                    .allMatch(finding -> finding.severity() == Severity.WARNS);
            assertThat(template.check(facts, Set.of("email", "name"))).isEmpty();
            assertThat(template.prepare(facts).render(person).text())
                    .contains(noAdvice, "+45 55 55 01 01")
                    .doesNotContain(
                            "Du behøver ikke gøre",
                            "You do not need to do",
                            "KOMiT",
                            "\n\n\n",
                            " ,",
                            " .",
                            "..",
                            "null",
                            "datatilsynet den");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "da | Du behøver ikke gøre noget nu. Vi skriver igen, hvis det ændrer sig.",
                    "en | You do not need to do anything now. We will write again if that changes."
                })
        void says_that_there_is_nothing_to_do_only_if_the_facts_say_so(String locale, String nothingToDo)
                throws Exception {
            var text = least(
                    locale, "\"recommendations\": {\"none\": true}", Map.of("email", "bo@post.example", "name", "Bo"));

            assertThat(text).contains(nothingToDo);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "da | Brevet handler om Ida Bjerg. Hvor der står »dine oplysninger«, menes oplysninger om Ida Bjerg. | Brevet handler",
                    "en | This letter is about Ida Bjerg. Where it says “your information”, it means information about Ida Bjerg. | This letter is about"
                })
        void names_whom_it_is_about(String locale, String sentence, String start) throws Exception {
            var about = Map.of("email", "bo@post.example", "name", "Bo", "about", "Ida Bjerg");
            var self = Map.of("email", "bo@post.example", "name", "Bo", "about", "nej");

            assertThat(least(locale, "\"x\": 1", about)).contains(sentence);
            assertThat(least(locale, "\"x\": 1", self)).doesNotContain(start);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "da | 'from': '2025-08-01'                       | Det gælder oplysninger fra den 1. august 2025 og frem.",
                    "da | 'to': '2025-08-10'                         | Det gælder oplysninger til og med den 10. august 2025.",
                    "da | 'from': '2025-08-01', 'to': '2025-08-10'   | Det gælder oplysninger fra perioden 1.–10. august 2025.",
                    "en | 'from': '2025-08-01'                       | It concerns information from 1 August 2025 onwards.",
                    "en | 'to': '2025-08-10'                         | It concerns information up to and including 10 August 2025."
                })
        void tells_the_period_of_the_data_also_without_its_start_or_end(String locale, String exposure, String sentence)
                throws Exception {
            assertThat(least(
                            locale,
                            "\"exposure\": {" + exposure.replace('\'', '"') + "}",
                            Map.of("email", "bo@post.example", "name", "Bo")))
                    .contains(sentence);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "da | Ingen har delt oplysningerne. (Oplyst af Drift A/S den 13. august 2025.) | - Planlagt: Vi skifter låse. | (sagsnummer 2025-1)",
                    "en | Ingen har delt oplysningerne. (According to Drift A/S on 13 August 2025.) | - Planned: Vi skifter låse. | (case number 2025-1)"
                })
        void says_who_asserts_what_is_planned_and_the_authoritys_case(
                String locale, String asserted, String planned, String caseNumber) throws Exception {
            var text = least(locale, """
                    "dissemination": {"text": "Ingen har delt oplysningerne.", "asserted_by": "Drift A/S", "as_of": "2025-08-13"},
                    "measures": [{"text": "Vi skifter låse.", "when": "planned"}, {"text": "Døren er lukket.", "when": "done"}],
                    "authorities": [{"name": "Datatilsynet", "case_number": "2025-1"}]
                    """, Map.of("email", "bo@post.example", "name", "Bo"));

            assertThat(text).contains(asserted, planned, "- Døren er lukket.", caseNumber);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "da | {}                                                     | ``",
                    "da | {\"name\": \"Karen\"}                                  | - Databeskyttelse: Karen",
                    "da | {\"name\": \"Karen\", \"phone\": \"55 55 01 21\"}      | - Databeskyttelse: Karen, telefon 55 55 01 21",
                    "da | {\"phone\": \"55 55 01 21\", \"email\": \"d@x.example\"} | - Databeskyttelse: telefon 55 55 01 21, e-mail d@x.example",
                    "da | {\"email\": \"d@x.example\"}                           | - Databeskyttelse: e-mail d@x.example",
                    "en | {\"name\": \"Karen\", \"email\": \"d@x.example\"}      | - Data protection: Karen, e-mail d@x.example",
                })
        void names_the_officer_as_far_as_known(String locale, String dpo, String line) throws Exception {
            var text = least(
                    locale,
                    "\"controller\": {\"name\": \"Foreningen\", \"phone\": \"+45 55 55 01 01\", \"dpo\": " + dpo + "}",
                    Map.of("email", "bo@post.example", "name", "Bo"));

            if (line.isEmpty()) assertThat(text).doesNotContain("Databeskyttelse:");
            else assertThat(text.lines()).contains(line);
        }

        /** Renders the shipped letter with the least facts, and with these over them. */
        private static String least(String locale, String facts, Map<String, String> row) throws Exception {
            var least = FactsJson.parse(
                    Files.readAllBytes(Path.of("src/test/resources/letters/least-facts.json")), "incident.json");
            var own = FactsJson.parse(("{" + facts + "}").getBytes(StandardCharsets.UTF_8), "notice.json");
            var merged = Incident.of(new NoticeId("least", NoticeId.MAIN), least, Optional.of(own))
                    .facts();
            var template = template("src/main/resources/letters/breach-notice/" + locale + ".hbs", locale);
            assertThat(template.check(merged, row.keySet())).isEmpty();
            return template.prepare(merged).render(new Recipient(2, row)).text();
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
