package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_FACTS;
import static dk.underret.incident.FindingCode.BAD_LETTER;
import static dk.underret.incident.FindingCode.FOREIGN_LINK;
import static dk.underret.incident.FindingCode.LETTER_CLIPPED;
import static dk.underret.incident.FindingCode.NO_PHONE;
import static dk.underret.incident.FindingCode.VAGUE_SUBJECT;
import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.facts;
import static dk.underret.intake.IntakeFixture.json;
import static dk.underret.intake.IntakeFixture.parse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.letter.LetterSet;
import dk.underret.recipient.Recipient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the warnings about rendered letters, from the upload of a list. */
class LetterReviewTest {
    private static final String ANNA = "email,name\nanna@x.example,Anna\n";
    private static final String VAGUE = "En besked fra skolen";
    private static final Finding VAGUE_LETTER = Finding.of(VAGUE_SUBJECT, "da.hbs");

    private final IntakeFixture fixture = new IntakeFixture();

    private void letter(String subject, String body) {
        fixture.letters.put("breach-notice", "da", """
                Subject: %s
                Covers: nature, data, consequences, measures, controller, contact

                Kære {{recipient.name}}

                %s
                """.formatted(subject, body));
    }

    private List<Finding> findings(String list) throws IOException {
        return switch (fixture.take(LIST, list)) {
            case IntakeResult.Sending sending -> sending.findings().listed();
            case IntakeResult.Draft draft -> draft.findings().listed();
            case IntakeResult.Refused refused -> refused.findings().listed();
            case IntakeResult other -> throw new AssertionError(other);
        };
    }

    @Test
    void a_usual_letter_has_no_warning() throws IOException {
        assertThat(findings(ANNA)).isEmpty();
    }

    @Nested
    class A_letter_that_gmail_clips {
        private static final int SHOWN = 102 * 1024;

        private int size() {
            var incident = Incident.of(new NoticeId("brud", "main"), facts("approved"), Optional.empty());
            var letter = LetterSet.newest(incident, fixture.letters, IntakeFixture.NOW)
                    .render("da", new Recipient(2, Map.of("email", "anna@x.example", "name", "Anna")));
            return letter.orElseThrow().html().getBytes(UTF_8).length;
        }

        @Test
        void has_a_warning_with_its_size() throws IOException {
            letter("{{incident.title}}", "Et langt brev.\n".repeat(8_000));
            assertThat(findings(ANNA)).singleElement().satisfies(finding -> {
                assertThat(finding).isEqualTo(Finding.of(LETTER_CLIPPED, "da.hbs", 117));
                assertThat(finding.message(Language.ENGLISH))
                        .isEqualTo("The letter is 117 KB. Gmail shows only the first 102 KB, so the end may not be"
                                + " read. Shorten the letter.");
            });
        }

        @ParameterizedTest
        @CsvSource({"0,false", "1,true"})
        void is_longer_than_gmail_shows(int more, boolean clipped) throws IOException {
            letter("{{incident.title}}", "y");
            letter("{{incident.title}}", "y".repeat(1 + SHOWN + more - size()));
            assertThat(size()).isEqualTo(SHOWN + more);
            assertThat(findings(ANNA).contains(Finding.of(LETTER_CLIPPED, "da.hbs", 102)))
                    .isEqualTo(clipped);
        }
    }

    @Nested
    class A_vague_subject {
        @Test
        void has_a_warning_beside_other_warnings() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replace(", \"phone\": \"+45 55 55 01 01\"", "")));
            letter(VAGUE, "Hej");
            assertThat(findings(ANNA))
                    .containsExactlyInAnyOrder(Finding.at(NO_PHONE, "incident.json", 0, "contacts"), VAGUE_LETTER);
        }

        @Test
        void has_one_warning_for_all_letters_in_a_language() throws IOException {
            fixture.incidents.with("brud", facts("draft"));
            letter(VAGUE, "Hej");
            assertThat(findings(ANNA + "bo@x.example,Bo Østergaard\n")).containsExactly(VAGUE_LETTER);
        }

        @Test
        void that_is_the_title_in_the_facts_has_its_warning_there() throws IOException {
            fixture.incidents.with(
                    "brud", parse(json("approved").replace("Brud på persondatasikkerheden på skolen", VAGUE)));
            assertThat(findings(ANNA)).containsExactly(Finding.at(VAGUE_SUBJECT, "incident.json", 0, "title"));
        }
    }

    @Nested
    class A_link {
        @Test
        void to_somebody_elses_site_has_a_warning_for_each_site() throws IOException {
            letter("{{incident.title}}", """
                    [Læs mere](https://www.fremmed.example/brud), [hvorfor](https://fremmed.example/)
                    og [hvordan](HTTPS://raad.example/).
                    """);
            assertThat(findings(ANNA))
                    .containsExactly(
                            Finding.of(FOREIGN_LINK, "da.hbs", "fremmed.example"),
                            Finding.of(FOREIGN_LINK, "da.hbs", "raad.example"));
        }

        @Test
        void to_the_senders_site_or_an_authoritys_has_none() throws IOException {
            letter(
                    "{{incident.title}}",
                    "[Læs mere](https://skole.example/brud) hos [Datatilsynet](https://www.datatilsynet.dk/).");
            assertThat(findings(ANNA)).isEmpty();
        }

        @Test
        void of_the_facts_has_its_warning_there() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replace("i telefonen.\"]", """
                    i telefonen."], "links": [{"text": "Gode råd", "url": "https://raad.example/"}]""")));
            letter("{{incident.title}}", "{{#each incident.recommendations.links}}[{{text}}]({{url}}){{/each}}");
            assertThat(findings(ANNA))
                    .containsExactly(Finding.at(
                            FOREIGN_LINK, "incident.json", 0, "recommendations.links[0].url", "raad.example"));
        }
    }

    @Nested
    class A_letter_that_cannot_be_sent {
        @Test
        void because_of_its_facts_has_no_warning_beside_the_fault() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replace("2026-02-20", "20. februar")));
            letter(VAGUE, "Hej");
            assertThat(findings(ANNA))
                    .doesNotContain(VAGUE_LETTER)
                    .extracting(Finding::code)
                    .contains(BAD_FACTS);
        }

        @Test
        void because_of_its_text_has_no_warning_beside_the_fault() throws IOException {
            letter(VAGUE, "{{#if recipient.grade}}{{incident.nothing}}{{/if}}");
            assertThat(findings("email,name,grade\nanna@x.example,Anna,\n"))
                    .extracting(Finding::code)
                    .containsExactly(BAD_LETTER);
        }
    }
}
