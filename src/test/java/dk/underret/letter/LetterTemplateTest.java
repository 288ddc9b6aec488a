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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void names_only_its_language_in_messages() {
        assertThat(da(body("Kære {{recipient.name}}")).prepare(NOTHING).render(row("name", "Bo")))
                .hasToString("letter in da");
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
    class A_links_address {
        @Test
        void joins_the_letters_text_facts_and_the_rows_values() {
            var letter = da(body("[skriv](mailto:{{recipient.desk}}?subject={{incident.no}}-brud)"))
                    .prepare(facts("{'no': '7'}"));
            assertThat(letter.render(row("desk", "a@a.example")).html())
                    .contains("href=\"mailto:a@a.example?subject=7-brud\"");
            assertThat(letter.render(row("desk", "b@b.example")).text())
                    .isEqualTo("skriv (mailto:b@b.example?subject=7-brud)\n");
        }

        @Test
        void is_allowed_or_not_for_each_row() {
            var letter = da(body("[her](https://{{recipient.host}}/x)")).prepare(NOTHING);
            assertThat(letter.render(row("host", "a.example")).text()).isEqualTo("her (https://a.example/x)\n");
            assertThat(letter.render(row("host", "ingen vært")).text()).isEqualTo("her\n");
            assertThat(letter.render(row("host", "ingen vært")).html()).doesNotContain("<a ");
        }

        @Test
        void is_printed_only_in_the_letters_whose_text_differs() {
            var letter = da(body("[{{recipient.site}}](https://a.example)")).prepare(NOTHING);
            assertThat(letter.render(row("site", "A.example")).text()).isEqualTo("A.example\n");
            assertThat(letter.render(row("site", "Skolen")).text()).isEqualTo("Skolen (https://a.example)\n");

            var own = da(body("[{{recipient.url}}]({{recipient.url}})")).prepare(NOTHING);
            assertThat(own.render(row("url", "https://b.example/1")).text()).isEqualTo("https://b.example/1\n");
        }
    }

    /** The check of the source can't see such an image. */
    @Test
    void prints_the_text_of_an_image_that_only_the_printed_branches_put_together() {
        var letter = da(body("!{{#if recipient.x}}[her](https://a.example/x.png){{/if}}"))
                .prepare(NOTHING)
                .render(row("x", "ja"));
        assertThat(letter.text()).isEqualTo("her\n");
        assertThat(letter.html()).contains(">her</p>").doesNotContain("<img", "a.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a b|a b",
                "a  b|a b",
                "' a'|a",
                "a |a",
                "a\tb|a b",
                "\ta|a",
                "a\u00A0b|a b",
                "æ\u00A0\u2009ø|æ ø",
                "~|~"
            })
    void prints_each_white_space_of_a_value_as_one_space(String typed, String printed) {
        var letter = da(body("({{incident.title}}) ({{recipient.x}})"))
                .prepare(Map.of("title", typed))
                .render(row("x", typed));
        assertThat(letter.text()).isEqualTo("(" + printed + ") (" + printed + ")\n");
    }

    @Nested
    class A_loop {
        @Test
        void knows_the_index_and_the_first_and_last_item() {
            var body = "{{#each incident.list}}{{#unless @first}}, {{/unless}}{{#if @last}}og {{/if}}"
                    + "{{@index}}{{this}}{{/each}}";
            assertThat(text(body, facts("{'list': ['a', 'b', 'c']}"), row())).isEqualTo("0a, 1b, og 2c\n");
        }

        @Test
        void does_not_find_the_names_of_the_loop_around_it() {
            var facts = facts("{'contacts': [{'phone': '11', 'persons': [{'name': 'Bo'}]}]}");
            var body = "{{#each incident.contacts}}{{#each persons}}{{name}} {{phone}}{{/each}}{{/each}}";
            assertThatThrownBy(() -> text(body, facts, row())).hasMessage("da.hbs line 3: no value for phone");
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

        @Test
        void without_conditions_are_printed_for_all_rows() {
            assertThat(text("{{incident.title}}\n\n" + BODY, facts("""
                    {'title': 'Brud', 'sections': [{'heading': 'Alle', 'paragraphs': ['a']}]}
                    """), row())).isEqualTo("Brud\n\nAlle\n\na\n");
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
        void lists_the_items_of_each_row() {
            var letter = da(body("{{list recipient.affected_data}}")).prepare(facts);
            assertThat(letter.render(row("affected_data", "foto|navn")).text()).isEqualTo("foto og navn\n");
            assertThat(letter.render(row("affected_data", "CPR-nummer|løn")).text())
                    .isEqualTo("CPR-nummer og løn\n");
        }

        @Test
        void of_the_facts_is_only_what_applies_to_the_row() {
            var letter = da(body("{{list recipient.affected_data}}")).prepare(facts("""
                    {'affected_data': [{'items': ['karakterer'], 'applies_to': {'kind': 'elev'}},
                    {'items': ['løn'], 'applies_to': {'kind': 'lærer'}}]}
                    """));
            assertThat(letter.render(row("kind", "elev")).text()).isEqualTo("karakterer\n");
            assertThat(letter.render(row("kind", "lærer")).text()).isEqualTo("løn\n");
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
