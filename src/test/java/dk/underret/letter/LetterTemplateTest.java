package dk.underret.letter;

import static dk.underret.letter.LetterFixture.body;
import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.facts;
import static dk.underret.letter.LetterFixture.row;
import static dk.underret.letter.LetterFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LetterTemplateTest {
    private static final Map<String, Object> NOTHING = Map.of();

    @Test
    void renders_subject_text_and_html_from_one_source() {
        var letter = da("""
                Subject: {{incident.title}} for {{recipient.name}}

                # Kære {{recipient.name}}

                Vi skriver om *{{incident.title}}*.
                """).prepare(facts("{'title': 'Brud & læk'}")).render(row("name", "O'Neil <b>"));
        assertThat(letter.subject()).isEqualTo("Brud & læk for O'Neil <b>");
        assertThat(letter.text()).isEqualTo("Kære O'Neil <b>\n\nVi skriver om Brud & læk.\n");
        assertThat(letter.html())
                .contains("<html lang=\"da\">", "<title>Brud &amp; læk for O'Neil &lt;b&gt;</title>")
                .contains(">Kære O'Neil &lt;b&gt;</h1>", "Vi skriver om <em>Brud &amp; læk</em>.</p>");
    }

    @Nested
    class The_text_part {
        @Test
        void separates_blocks_and_wraps_no_line() {
            assertThat(text("""
                    # Overskrift

                    En linje
                    der går videre.

                    - et
                    - to

                    1. først
                    2. så

                    ---

                    > citat

                    `kode`
                    """, NOTHING, row())).isEqualTo("""
                    Overskrift

                    En linje der går videre.

                    - et
                    - to

                    1. først
                    2. så

                    ----------

                    «citat»

                    kode
                    """);
        }

        @Test
        void prints_a_links_address_only_if_its_text_differs() {
            assertThat(text(
                            "[læs mere](https://a.example/x) og [a.example](https://a.example/) og"
                                    + " [b@a.example](mailto:b@a.example)",
                            NOTHING,
                            row()))
                    .isEqualTo("læs mere (https://a.example/x) og a.example og b@a.example\n");
        }
    }

    @Nested
    class Links {
        @Test
        void have_targets_from_facts_and_rows() {
            var letter = da(body("[her]({{incident.verify.website}}) [{{recipient.url}}]({{recipient.url}})"))
                    .prepare(facts("{'verify': {'website': 'https://a.example/?a=1&b=2'}}"));
            assertThat(letter.render(row("url", "https://b.example/1")).html())
                    .contains("href=\"https://a.example/?a=1&amp;b=2\"", "href=\"https://b.example/1\"");
            assertThat(letter.render(row("url", "https://b.example/\"2")).html())
                    .contains("href=\"https://b.example/&quot;2\"")
                    .doesNotContain("b.example/1");
            assertThat(letter.render(row("url", "javascript:alert(1)")).html())
                    .contains(">her</a> javascript:alert(1)</p>");
        }
    }

    @Nested
    class A_value_that_is_missing {
        @Test
        void of_a_row_is_reported_with_file_line_and_path() {
            var letter = da(body("Kære {{recipient.name}}")).prepare(NOTHING);
            assertThatThrownBy(() -> letter.render(row("name", " ")))
                    .isInstanceOf(MissingValueException.class)
                    .hasMessage("da.hbs line 3: no value for recipient.name")
                    .hasNoCause();
            letter.render(row("name", "Bo"));
            assertThatThrownBy(() -> letter.render(row("email", "bo@b.example")))
                    .hasMessage("da.hbs line 3: no value for recipient.name");
        }

        @Test
        void of_the_facts_is_reported_with_file_line_and_path() {
            assertThatThrownBy(() -> text("\n{{incident.title}}", NOTHING, row()))
                    .hasMessage("da.hbs line 4: no value for incident.title");
        }

        @Test
        void is_not_resolved_in_enclosing_blocks() {
            var facts = facts("{'controller': {'phone': '11', 'dpo': {'name': 'Bo'}}}");
            var body = "{{#with incident.controller}}{{#with dpo}}{{phone}}{{/with}}{{/with}}";
            assertThatThrownBy(() -> text(body, facts, row())).hasMessage("da.hbs line 3: no value for phone");
        }

        @Test
        void is_a_line_end_in_the_subject() {
            var letter = da("Subject: Til {{recipient.name}}\n\nHej").prepare(NOTHING);
            assertThatThrownBy(() -> letter.render(row("name", "Bo\nBcc: x@x.example")))
                    .hasMessage("da.hbs line 1: no value for recipient.name");
        }
    }

    @Nested
    class Sections {
        private static final String BODY = """
                {{#each incident.sections}}
                ## {{heading}}
                {{#each paragraphs}}

                {{this}}
                {{/each}}

                {{/each}}
                """;

        @Test
        void are_printed_for_the_rows_that_meet_their_condition() {
            var letter = da(body(BODY)).prepare(facts("""
                    {'sections': [{'heading': 'Alle', 'paragraphs': ['a', 'b']},
                    {'heading': 'Rykker', 'paragraphs': ['c'], 'only_if': {'reminder': 'yes'}}]}
                    """));
            assertThat(letter.render(row("reminder", "no")).text()).isEqualTo("Alle\n\na\n\nb\n");
            assertThat(letter.render(row("reminder", "Yes ")).text()).isEqualTo("Alle\n\na\n\nb\n\nRykker\n\nc\n");
        }
    }

    @Nested
    class Affected_data {
        private final Map<String, Object> facts = facts("""
                {'affected_data': [{'group': 'alle', 'items': ['navn', 'adresse']},
                {'items': ['karakterer'], 'applies_to': {'kind': ['elev', 'kursist']}}]}
                """);

        @Test
        void is_the_rows_own_if_it_has_any() {
            var letter = da(body("{{#each recipient.affected_data}}\n- {{this}}\n{{/each}}"))
                    .prepare(facts);
            assertThat(letter.render(row("affected_data", "CPR-nummer| *navn* |", "kind", "elev"))
                            .text())
                    .isEqualTo("- CPR-nummer\n- *navn*\n");
            assertThat(letter.render(row("affected_data", "foto|navn", "kind", "elev"))
                            .text())
                    .isEqualTo("- foto\n- navn\n");
        }

        @Test
        void is_otherwise_from_the_facts() {
            var letter = da(body("{{list recipient.affected_data}}")).prepare(facts);
            assertThat(letter.render(row("affected_data", "", "kind", "Elev")).text())
                    .isEqualTo("navn, adresse og karakterer\n");
            assertThat(letter.render(row("kind", "lærer")).text()).isEqualTo("navn og adresse\n");
            assertThat(letter.render(row("affected_data", "foto|navn")).text()).isEqualTo("foto og navn\n");
        }

        @Test
        void of_the_facts_has_no_item_of_a_group_without_items_or_of_a_blank_one() {
            var facts = facts("{'affected_data': [{'group': 'alle'}, {'items': ['navn', ' ']}]}");
            assertThat(text("{{list recipient.affected_data}}", facts, row())).isEqualTo("navn\n");

            var none = facts("{'affected_data': [{'group': 'alle'}]}");
            assertThat(da(body("{{list recipient.affected_data}}"))
                            .requirements(none)
                            .missing(row()))
                    .containsExactly("affected_data");
        }
    }
}
