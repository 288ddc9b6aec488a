package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.json;
import static dk.underret.intake.IntakeFixture.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import dk.underret.incident.Language;
import dk.underret.incident.Severity;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where a list's uploader sees each code of the Art. 34 check: in the draft's preview, and in the refusal or the run. */
class LawCodesTest {
    private static final String TWO = "email,name\nanna@x.example,Anna\nbo@x.example,Bo\n";
    private static final String COVERS = "Covers: nature, data, consequences, measures, controller, contact";

    private final IntakeFixture fixture = new IntakeFixture();

    /** Replaces a text in the facts. Both are JSON with apostrophes instead of quotation marks. */
    private void change(String status, String from, String to) {
        var before = json(status);
        var after = before.replace(from.replace('\'', '"'), to.replace('\'', '"'));
        assertThat(after).isNotEqualTo(before);
        fixture.incidents.with("brud", parse(after));
    }

    private void letter(String text) {
        fixture.letters.put("breach-notice", "da", text);
    }

    private void assertFound(FindingCode code, String file, String column) throws IOException {
        fixture.incidents.with("brud", draft());
        var draft = (IntakeResult.Draft) fixture.take(LIST, TWO);
        var found = only(code, draft.findings(), file, column);
        var page =
                fixture.previews.files().get("previews/brud/main/" + draft.run().id() + "/index.html");
        assertThat(page).contains(Markup.escaped(found.message(Language.DANISH)), " · " + code);

        fixture.incidents.with("brud", approved());
        var result = fixture.take(LIST, TWO);
        var run =
                result instanceof IntakeResult.Refused refused ? refused.run() : ((IntakeResult.Sending) result).run();
        assertThat(result)
                .isInstanceOf(
                        code.severity() == Severity.REFUSES ? IntakeResult.Refused.class : IntakeResult.Sending.class);
        assertThat(run.findings()).containsKey(code);
        assertThat(fixture.evidence.files().get("brud/" + run.id() + "/problems.csv"))
                .contains("\n" + code + ",", found.message(Language.DANISH).replace("\"", "\"\""));
    }

    private java.util.Map<String, Object> draft() {
        return status("draft");
    }

    private java.util.Map<String, Object> approved() {
        return status("approved");
    }

    private java.util.Map<String, Object> status(String status) {
        var facts = new java.util.LinkedHashMap<>(
                fixture.incidents.incident("brud").orElseThrow().facts());
        facts.put("status", status);
        return facts;
    }

    private static dk.underret.incident.Finding only(FindingCode code, Findings findings, String file, String column) {
        var found = findings.listed().stream()
                .filter(finding -> finding.code() == code)
                .toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().file()).isEqualTo(file);
        assertThat(found.getFirst().column()).isEqualTo(column);
        return found.getFirst();
    }

    @Nested
    class The_facts {
        @ParameterizedTest(name = "{0} at {1}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                INCOMPLETE         | summary                       | 'summary'           | 'other'
                INCOMPLETE         | affected_data                 | 'affected_data'     | 'other'
                INCOMPLETE         | consequences                  | 'consequences'      | 'other'
                INCOMPLETE         | measures                      | 'measures'          | 'other'
                INCOMPLETE         | controller.name               | 'name': 'Skolen',   | ``
                INCOMPLETE         | sender.from                   | 'from'              | 'other'
                NO_CONTACT         | controller.dpo                | , 'email': 'post@skole.example', 'phone': '+45 55 55 01 01' | ``
                PLACEHOLDER        | summary                       | elevregister        | ____register
                NO_RECOMMENDATIONS | recommendations.items         | 'recommendations'   | 'other'
                NO_DATES           | occurred                      | 'discovered_at'     | 'other'
                NO_AUTHORITY       | authorities                   | 'authorities'       | 'other'
                NOT_ABOUT_BREACH   | sections[0]                   | 'verify'            | 'sections': [{'paragraphs': ['Husk skolefesten.']}], 'verify'
                AUTHORITY_LATE     | authorities[0].notified_at    | {'name': 'Datatilsynet'} | {'name': 'Datatilsynet', 'notified_at': '2026-02-28T12:00:00Z'}], 'aware_at': '2026-02-20T12:00:00Z', 'x': [{}
                SENDER_IS_BREACHED | sender.from                   | 'verify'            | 'processor': {'name': 'X', 'website': 'skole.example'}, 'verify'
                FOREIGN_LINK       | recommendations.links[0].url  | {'items': ['Giv     | {'links': [{'url': 'https://elsewhere.example/x'}], 'items': ['Giv
                NO_PHONE           | contacts                      | , 'phone': '+45 55 55 01 01' | ``
                NO_VERIFY_PAGE     | verify.website                | 'verify'            | 'other'
                VAGUE_SUBJECT      | title                         | Brud på persondatasikkerheden på skolen | Vigtig besked
                """)
        void have_a_finding(FindingCode code, String field, String from, String to) throws IOException {
            change("draft", from, to);
            assertFound(code, "incident.json", field);
        }

        @Test
        void say_that_there_is_nothing_to_do_although_health_data_is_affected() throws IOException {
            var facts = json("draft")
                    .replace("\"navn\"", "\"helbredsoplysninger\"")
                    .replace("{\"items\": [\"Giv ingen oplysninger i telefonen.\"]}", "{\"none\": true}");
            fixture.incidents.with("brud", parse(facts));
            assertFound(FindingCode.ADVICE_NEEDED, "incident.json", "recommendations.none");
        }
    }

    @Nested
    class The_letter {
        @ParameterizedTest
        @ValueSource(strings = {"nature", "data", "consequences", "measures", "controller", "contact"})
        void lacks_required_content(String part) throws IOException {
            letter("Subject: Brud på persondatasikkerheden\n"
                    + COVERS.replace(", " + part, "").replace(part + ", ", "") + "\n\nKære {{recipient.name}}\n");
            assertFound(FindingCode.NOT_IN_LETTER, "da.hbs", part);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                NO_SUBJECT     | Subject:           | Kære {{recipient.name}}                                  | Subject:
                VAGUE_SUBJECT  | ''                 | Kære {{recipient.name}}                                  | Subject: Vigtig besked
                PLACEHOLDER    | ____               | Kære {{recipient.name}} ____                             | Subject: Databrud
                FOREIGN_LINK   | ''                 | Kære {{recipient.name}}, se [her](https://away.example/) | Subject: Databrud
                """)
        void has_a_finding(FindingCode code, String place, String body, String subject) throws IOException {
            letter(subject + "\n" + COVERS + "\n\n" + body + "\n");
            assertFound(code, "da.hbs", place);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://www.skole.example/brud", "https://www.datatilsynet.dk/borger"})
        void may_link_to_the_controllers_own_pages_and_to_public_advice(String url) throws IOException {
            letter("Subject: Databrud\n" + COVERS + "\n\nKære {{recipient.name}}, se [her](" + url + ")\n");
            assertThat(((IntakeResult.Sending) fixture.take(LIST, TWO))
                            .findings()
                            .counts())
                    .doesNotContainKey(FindingCode.FOREIGN_LINK);
        }

        @ParameterizedTest
        @ValueSource(strings = "sv")
        void is_missing_in_the_notices_own_language(String language) throws IOException {
            change("draft", "'language': 'da'", "'language': '" + language + "'");
            var draft = (IntakeResult.Draft) fixture.take(LIST, TWO);
            only(FindingCode.NO_LETTER, draft.findings(), "sv.hbs", "");
        }
    }

    @Nested
    class The_list {
        @ParameterizedTest
        @ValueSource(ints = {1, 3})
        void has_another_count_than_the_facts(int count) throws IOException {
            change("draft", "'verify'", "'affected_count': " + count + ", 'verify'");
            assertFound(FindingCode.COUNT_DIFFERS, "list.csv", "affected_count");
        }
    }
}
