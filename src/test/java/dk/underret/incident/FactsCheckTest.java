package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.testing.ReadingCosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsCheckTest {
    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final NoticeId NOTICE = new NoticeId("komit", "main");

    @ParameterizedTest
    @ValueSource(strings = {"komit", "bmw"})
    void finds_nothing_in_the_samples(String sample) throws IOException, FindingsException {
        var facts = FactsJson.parse(Files.readAllBytes(Path.of("events", sample, "incident.json")), "incident.json");

        assertThat(FactsCheck.findings(Incident.of(NOTICE, facts, Optional.empty()), NOW))
                .allMatch(finding -> finding.severity() == Severity.WARNS, "only warns");
    }

    /** Tests repetitive texts, which would cause backtracking in a naive pattern. */
    @ParameterizedTest
    @ValueSource(strings = {"[your | |", "a@|.| ", "|<a@b.| ", "| |<", "|0|-", "|[your |"})
    void reads_long_texts_quickly(String form) {
        var parts = form.split("\\|", -1);
        var text = parts[0] + parts[1].repeat(60_000) + parts[2];
        var facts = Map.<String, Object>of(
                "summary",
                text,
                "aware_at",
                text,
                "sender",
                Map.of("from", text, "reply_to", text),
                "controller",
                Map.of("name", text, "email", text, "phone", text, "website", text));

        assertThat(ReadingCosts.within(() -> FactsCheck.findings(Incident.of(NOTICE, facts, Optional.empty()), NOW)))
                .extracting(Finding::code)
                .contains(FindingCode.BAD_FACTS);
    }

    /** Each line merges one fault into the complete facts of {@code complete.json}. */
    @ParameterizedTest
    @CsvFileSource(resources = "/facts/faults.csv", numLinesToSkip = 1, delimiter = ';', quoteCharacter = '`')
    void names_the_path_of_each_fault(String fault, String code, String path, String message)
            throws IOException, FindingsException {
        var findings = check(fault);

        assertThat(findings).extracting(finding -> finding.code().name()).containsExactly(code);
        assertThat(findings).extracting(Finding::column).containsExactly(path);
        assertThat(findings).extracting(Finding::file).containsExactly("notice.json");
        assertThat(findings.getFirst().message(Language.ENGLISH)).isEqualTo(message);
    }

    @Test
    void finds_nothing_in_complete_facts() throws IOException, FindingsException {
        assertThat(check("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kontorets adresse", "Navn", "Skolekort", "E-mailadresse"})
    void accepts_that_there_is_nothing_to_do_where_no_such_data_is_affected(String kind)
            throws IOException, FindingsException {
        assertThat(check("{\"recommendations\": {\"items\": null, \"none\": true}, \"affected_data\": [{\"items\": [\""
                        + kind + "\"]}]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'exposure': {'to': '2025-08-10'}}",
                "{'contacts': [{'phone': '55 55 01 20 (kl. 9-12)'}]}",
                "{'contacts': [{'phone': '+45 55 55 01 20 (mandag til torsdag kl. 9-15)'}]}",
                "{'authorities': [{'name': 'Datatilsynet', 'case_number': 'sag 240125-0007'}], 'not_cpr': ['case_number']}",
                "{'summary': 'Sag 240125-0007 er lukket.', 'not_cpr': ['summary']}",
                "{'authorities': [{'name': 'Datatilsynet', 'case_number': '240125-0007'}], 'not_cpr': ['authorities.case_number']}",
                "{'discovered_at': '2025-08-10', 'aware_at': '2025-08-10T09:00:00+02:00'}",
                "{'aware_at': '2025-08-11T12:00:00Z', 'authorities': [{'name': 'Datatilsynet', 'notified_at': '2025-08-11'}]}",
                "{'aware_at': '2026-03-01', 'authorities': [{'name': 'Datatilsynet'}]}",
                "{'send_after': '2026-04-01', 'letter_date': '2026-04-01'}",
                "{'summary': 'Læs mere [her](https://www.foreningen.example), i note [1] og i bilag XIX…'}"
            })
    void accepts_what_is_lawful(String facts) throws IOException, FindingsException {
        assertThat(check(facts.replace('\'', '"'))).isEmpty();
    }

    @Test
    void accepts_unknown_fields() throws IOException, FindingsException {
        assertThat(check("{\"hotline\": {\"opens\": 8}, \"controller\": {\"cvr\": \"12345678\"}}"))
                .isEmpty();
    }

    @Test
    void reports_everything_that_is_missing() {
        var findings = FactsCheck.findings(Incident.of(NOTICE, Map.of(), Optional.empty()), NOW);

        assertThat(findings.stream()
                        .filter(finding -> finding.severity() == Severity.REFUSES)
                        .map(finding -> finding.code() + " " + finding.column()))
                .containsExactly(
                        "INCOMPLETE summary",
                        "INCOMPLETE affected_data",
                        "INCOMPLETE consequences",
                        "INCOMPLETE measures",
                        "INCOMPLETE controller.name",
                        "INCOMPLETE sender.from",
                        "NO_CONTACT controller.dpo");
        assertThat(findings).extracting(Finding::file).containsOnly("incident.json");
    }

    @Test
    void does_not_also_report_an_invalid_field_as_missing() throws IOException, FindingsException {
        assertThat(check("{\"summary\": 5, \"consequences\": \"none\"}"))
                .extracting(finding -> finding.code() + " " + finding.column())
                .containsExactlyInAnyOrder("BAD_FACTS summary", "BAD_FACTS consequences");
    }

    private static List<Finding> check(String notice) throws IOException, FindingsException {
        try (var in = FactsCheckTest.class.getResourceAsStream("/facts/complete.json")) {
            var complete = FactsJson.parse(in.readAllBytes(), "incident.json");
            var own = FactsJson.parse(notice.getBytes(StandardCharsets.UTF_8), "notice.json");
            return FactsCheck.findings(Incident.of(NOTICE, complete, Optional.of(own)), NOW);
        }
    }
}
