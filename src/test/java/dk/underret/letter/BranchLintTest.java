package dk.underret.letter;

import static dk.underret.letter.LetterFixture.body;
import static dk.underret.letter.LetterFixture.checkFindings;
import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.facts;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the lint concludes from a letter's blocks: what everybody reads, and what a row must have. */
class BranchLintTest {
    private static final Map<String, Object> FACTS = facts("""
            {'title': 'Brud', 'summary': 'Sket', 'note': ' ', 'controller': {'name': 'Skolen'},
             'contacts': [{'name': 'A', 'phone': '1'}, {'name': 'B', 'email': 'b@b.example'}], 'consequences': ['svindel'],
             'from_typed': {'from': 'i august', 'to': '2025-08-02'},
             'to_typed': {'from': '2025-08-01', 'to': 'i dag'}, 'only_to': {'to': '2025-08-01'}}
            """);
    private static final Map<String, Object> CONDITIONAL = facts("""
            {'summary': 'Sket', 'sections': [{'heading': 'Rykker', 'only_if': {'reminder': 'yes'}}],
             'affected_data': [{'items': ['karakterer'], 'applies_to': {'kind': 'elev'}}]}
            """);
    private static final Map<String, Object> UNCONDITIONAL = facts("""
            {'summary': 'Sket', 'sections': [{'heading': 'Alle'}], 'measures': [{'text': 'a', 'by': 'b'}]}
            """);

    /** Returns the keywords of the required content that the check finds in a letter, sorted. */
    private static Set<String> covered(String body, Map<String, Object> facts) {
        var covered = new TreeSet<String>();
        for (var content : RequiredContent.values()) covered.add(content.keyword());
        for (var finding : da(body(body)).check(facts, Set.of()))
            if (finding.code() == FindingCode.NOT_IN_LETTER)
                covered.remove(finding.arguments().getFirst());
        return covered;
    }

    /** Returns a block with this test and content. */
    private static String block(String guard, String content) {
        return "{{#" + guard + "}}" + content + "{{/" + guard.split(" ", 2)[0] + "}}";
    }

    @Nested
    class Everybody_reads_the_content {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "if incident.title",
                    "unless incident.note",
                    "not incident.apology",
                    "if (or incident.note incident.title)",
                    "and incident.title incident.summary",
                    "eq incident.title 'Brud'",
                    "eq 'brud' incident.title",
                    "eq incident.apology ''",
                    "neq incident.title 'x'",
                    "if (not (eq incident.title 'x'))",
                    "with incident.controller",
                    "each incident.contacts",
                    "if recipient.affected_data",
                    "and incident.title recipient.affected_data"
                })
        void of_a_block_that_every_letter_has(String guard) {
            assertThat(covered(block(guard, "{{incident.summary}}"), FACTS)).containsExactly("nature");
        }

        @Test
        void of_a_loop_over_sections_if_one_of_them_has_no_condition() {
            assertThat(covered("{{#each incident.sections}}{{incident.summary}}{{/each}}", UNCONDITIONAL))
                    .containsExactly("nature");
            assertThat(covered("{{#if incident.sections}}{{incident.summary}}{{/if}}", UNCONDITIONAL))
                    .containsExactly("nature");
        }

        @Test
        void of_the_other_branch_of_a_block_about_a_missing_fact() {
            assertThat(covered("{{#each incident.measures}}x{{else}}{{incident.summary}}{{/each}}", FACTS))
                    .containsExactly("nature");
            assertThat(covered("{{#if incident.delay}}x{{else}}{{incident.summary}}{{/if}}", FACTS))
                    .containsExactly("nature");
        }

        @Test
        void of_the_fields_that_a_block_or_a_list_prints() {
            assertThat(covered("{{#with incident.controller}}{{name}}{{/with}}", FACTS))
                    .containsExactly("controller");
            assertThat(covered("{{list incident.consequences}}", FACTS)).containsExactly("consequences");
            assertThat(covered("{{list incident.measures \"text\"}}", UNCONDITIONAL))
                    .containsExactly("measures");
            assertThat(covered("{{list incident.measures \"by\"}}", UNCONDITIONAL))
                    .isEmpty();
        }
    }

    @Nested
    class Not_everybody_reads_the_content {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "if incident.note",
                    "unless incident.title",
                    "or incident.note incident.apology",
                    "and incident.title incident.note",
                    "eq incident.title 'x'",
                    "neq incident.title 'brud'",
                    "not incident.title"
                })
        void of_a_block_that_no_letter_has(String guard) {
            assertThat(covered(block(guard, "{{incident.summary}}"), FACTS)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "if recipient.x",
                    "eq recipient.x 'ja'",
                    "eq incident.title recipient.x",
                    "or recipient.x recipient.y",
                    "and incident.title recipient.x",
                    "and recipient.affected_data recipient.x",
                    "not recipient.affected_data"
                })
        void of_a_block_that_depends_on_the_row(String guard) {
            assertThat(covered(block(guard, "{{incident.summary}}"), FACTS)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"if @first", "unless @last", "eq @index 7", "and incident.title @first", "or @first @last"})
        void of_a_block_for_some_items_of_a_loop(String guard) {
            assertThat(covered(block("each incident.contacts", block(guard, "{{incident.summary}}")), FACTS))
                    .isEmpty();
        }

        @Test
        void of_sections_that_all_have_a_condition() {
            assertThat(covered("{{#each incident.sections}}{{incident.summary}}{{/each}}", CONDITIONAL))
                    .isEmpty();
            assertThat(covered("{{#if incident.sections}}{{incident.summary}}{{/if}}", CONDITIONAL))
                    .isEmpty();
        }
    }

    /** The letter has the content; the facts lack it, and their own check reports that. */
    @Nested
    class A_block_about_a_missing_fact {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{{#if incident.measures}}{{list incident.measures 'text'}}{{/if}} | measures",
                    "{{#each incident.measures}}{{text}}{{/each}}                      | measures",
                    "{{#each incident.measures}}{{#if text}}{{text}}{{/if}}{{/each}}   | measures",
                    "{{#with incident.controller.dpo}}{{email}}{{/with}}               | contact"
                },
                quoteCharacter = '"')
        void has_its_content(String body, String content) {
            assertThat(covered(body, FACTS)).containsExactly(content);
        }

        @ParameterizedTest
        @ValueSource(strings = {"if incident.measures", "each incident.measures", "with incident.delay"})
        void does_not_have_the_content_of_another_fact(String guard) {
            assertThat(covered(block(guard, "{{incident.summary}}"), FACTS)).isEmpty();
        }

        @Test
        void reads_no_columns_and_requires_no_value() {
            var requirements = da(body(block("if incident.delay", """
                            {{#if recipient.a}}x{{/if}}{{#eq recipient.b "x"}}y{{/eq}}{{recipient.c}}
                            {{#if recipient.affected_data}}x{{/if}}{{#if incident.sections}}x{{/if}}
                            {{#each incident.sections}}{{heading}}{{/each}}
                            {{#each recipient.affected_data}}{{this}}{{/each}}{{list recipient.affected_data}}
                            """))).requirements(CONDITIONAL);
            assertThat(requirements.read()).isEmpty();
            assertThat(requirements.missing(row())).isEmpty();
        }
    }

    @Nested
    class A_row_needs_the_printed_values {
        @ParameterizedTest
        @ValueSource(strings = {"if", "each"})
        void of_the_branch_for_its_affected_data(String helper) {
            var requirements = da("Subject: x\nCovers: data\n\n{{#" + helper
                            + " recipient.affected_data}}{{recipient.nr}}" + "{{else}}{{recipient.name}}{{/" + helper
                            + "}}")
                    .requirements(CONDITIONAL);
            assertThat(requirements.read()).containsExactly("affected_data", "kind", "name", "nr");
            assertThat(requirements.missing(row("affected_data", "foto"))).containsExactly("nr");
            assertThat(requirements.missing(row("kind", "elev"))).containsExactly("nr");
            assertThat(requirements.missing(row("kind", "x"))).containsExactly("name");
        }

        @Test
        void of_the_sections_that_it_gets() {
            var each = da(body("{{#each incident.sections}}{{recipient.nr}}{{/each}}"))
                    .requirements(CONDITIONAL);
            assertThat(each.missing(row("reminder", "yes"))).containsExactly("nr");
            assertThat(each.missing(row("reminder", "no"))).isEmpty();

            var any = da(body("{{#if incident.sections}}{{recipient.nr}}{{else}}{{recipient.name}}{{/if}}"))
                    .requirements(CONDITIONAL);
            assertThat(any.columns()).containsExactly("name", "nr", "reminder");
            assertThat(any.missing(row("reminder", "yes"))).containsExactly("nr");
            assertThat(any.missing(row("reminder", "no"))).containsExactly("name");
        }

        @Test
        void of_its_branch_of_an_else_if() {
            var requirements = da(body("{{#if recipient.a}}x{{else if recipient.b}}{{recipient.c}}"
                            + "{{else if recipient.d}}{{recipient.e}}{{/if}}"))
                    .requirements(FACTS);
            assertThat(requirements.columns()).containsExactly("a", "b", "c", "d", "e");
            assertThat(requirements.missing(row("b", "ja", "d", "ja"))).containsExactly("c");
            assertThat(requirements.missing(row("d", "ja"))).containsExactly("e");
        }

        @ParameterizedTest
        @ValueSource(strings = {"or recipient.a recipient.b", "if (or recipient.a recipient.b)"})
        void of_a_block_with_several_tests(String guard) {
            var requirements = da(body(block(guard, "{{recipient.nr}}"))).requirements(FACTS);
            assertThat(requirements.missing(row("a", "nej", "b", "ja"))).containsExactly("nr");
            assertThat(requirements.missing(row("a", "nej"))).isEmpty();
        }
    }

    @Nested
    class Affected_data {
        private static final String OF_ROW = "{{#each recipient.affected_data}}{{this}}{{/each}}";
        private static final String OF_FACTS = "{{#each incident.affected_data}}{{list items}}{{/each}}";

        @Test
        void is_required_of_a_row_if_only_the_row_states_it() {
            var letter = da(body("{{incident.summary}}" + OF_ROW + block("if incident.delay", OF_FACTS)));
            assertThat(letter.requirements(CONDITIONAL).missing(row("kind", "x")))
                    .containsExactly("affected_data");
            assertThat(letter.requirements(CONDITIONAL).missing(row("kind", "elev")))
                    .isEmpty();
        }

        @Test
        void is_not_required_of_a_row_if_the_letter_prints_that_of_the_facts() {
            assertThat(da(body(OF_FACTS + OF_ROW)).requirements(CONDITIONAL).missing(row("kind", "x")))
                    .isEmpty();
        }
    }

    @Nested
    class A_tag_is_faulty {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{{#each incident.typo}}x{{/each}}                                 | incident.typo           | unknown_path",
                    "{{#with incident.typo}}x{{/with}}                                 | incident.typo           | unknown_path",
                    "{{#eq incident.typo ''}}x{{/eq}}                                  | incident.typo           | unknown_path",
                    "{{list incident.typo}}                                            | incident.typo           | unknown_path",
                    "{{period incident.typo}}                                          | incident.typo           | unknown_path",
                    "{{period recipient.name}}                                         | recipient.name          | unknown_path",
                    "{{#each recipient.affected_data}}{{#if name}}x{{/if}}{{/each}}    | name                    | unknown_path",
                    "{{#each recipient.affected_data}}{{this.name}}{{/each}}           | this.name               | unknown_path",
                    "{{#each recipient.name}}x{{/each}}                                | recipient.name          | not_list",
                    "{{list recipient.name}}                                           | recipient.name          | not_list",
                    "{{#with recipient.affected_data}}x{{/with}}                       | recipient.affected_data | not_object",
                    "{{list incident.measures}}                                        | incident.measures       | no_value",
                    "{{period incident.exposure}}                                      | incident.exposure       | no_value",
                    "{{period incident.only_to}}                                       | incident.only_to        | no_value",
                    "{{period incident.from_typed}}                                    | incident.from_typed     | not_date",
                    "{{period incident.to_typed}}                                      | incident.to_typed       | not_date",
                    "{{incident.contacts.[2].name}}                                    | incident.contacts.[2].name | no_value",
                    "{{incident.title.[0]}}                                            | incident.title.[0]      | unknown_path"
                },
                quoteCharacter = '"')
        void if_its_path_leads_nowhere_or_to_another_kind_of_value(String body, String path, String reason) {
            assertThat(checkFindings(body, FACTS, "name"))
                    .containsExactly("3 BAD_LETTER [" + path + ", BAD_LETTER." + reason + "]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{#each incident.contacts}}{{@index}}{{#if @first}}x{{/if}}{{/each}}",
                    "{{incident.contacts.[1].email}}",
                    "{{incident.contacts.0.phone}}",
                    "{{#each recipient.affected_data}}{{this}}{{/each}}"
                })
        void not_if_its_path_leads_to_a_value(String body) {
            assertThat(checkFindings(body, FACTS, "name")).isEmpty();
        }
    }
}
