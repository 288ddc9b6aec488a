package dk.underret.letter;

import static dk.underret.letter.LetterFixture.body;
import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.facts;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests which rows of a list become samples. */
class BranchCoverageTest {
    private static final Map<String, Object> FACTS = facts("""
            {'title': 'Brud', 'affected_data': [{'items': ['navn']}, {'items': ['karakterer'], 'applies_to': {'kind': 'elev'}}],
             'sections': [{'heading': 'Alle'}, {'heading': 'Rykker', 'only_if': {'reminder': 'yes'}}]}
            """);
    private static final Map<String, Object> SAME_FOR_ALL =
            facts("{'title': 'Brud', 'none': [], 'sections': [{'heading': 'Alle'}]}");
    private static final String LIST = "{{#each recipient.affected_data}}\n- {{this}}\n{{/each}}";

    private static BranchCoverage of(String body, Map<String, Object> facts) {
        return new BranchCoverage(da(body(body)), facts);
    }

    @Nested
    class A_row_is_a_sample {
        @Test
        void for_each_result_of_a_test_once() {
            var branches = of("{{#if recipient.x}}a{{/if}}{{#eq recipient.y 'b'}}b{{/eq}}", FACTS);
            assertThat(branches.isNew(row("x", "ja", "y", "b"))).isTrue();
            assertThat(branches.isNew(row("x", "1", "y", "B"))).isFalse();
            assertThat(branches.isNew(row("x", "", "y", "b"))).isTrue();
            assertThat(branches.isNew(row("x", "ja", "y", "c"))).isTrue();
            assertThat(branches.isNew(row("x", "nej", "y", ""))).isFalse();
        }

        @Test
        void for_each_selection_of_sections_and_of_affected_data_from_the_facts() {
            var sections = of("{{#each incident.sections}}{{heading}}{{/each}}", FACTS);
            assertThat(sections.isNew(row("reminder", "yes"))).isTrue();
            assertThat(sections.isNew(row("reminder", "no"))).isTrue();
            assertThat(sections.isNew(row("reminder", ""))).isFalse();

            var affected = of(LIST, FACTS);
            assertThat(affected.isNew(row("kind", "elev"))).isTrue();
            assertThat(affected.isNew(row("kind", "kursist"))).isTrue();
            assertThat(affected.isNew(row("kind", "elev"))).isFalse();
        }
    }

    @Nested
    class A_row_is_no_sample {
        @Test
        void if_the_facts_decide_every_test() {
            var branches = of(
                    "{{#if incident.title}}a{{/if}}{{#eq incident.title 'x'}}b{{/eq}}{{#if incident.none}}c{{/if}}"
                            + "{{#each incident.sections}}{{heading}}{{/each}}",
                    SAME_FOR_ALL);
            assertThat(branches.isNew(row("name", "Bo"))).isFalse();
        }

        @Test
        void for_its_own_number_of_items_or_the_target_of_its_link() {
            var branches = of(LIST + "\n\n[her]({{recipient.url}})", SAME_FOR_ALL);
            assertThat(branches.isNew(row("affected_data", "foto", "url", "https://a.example")))
                    .isFalse();
            assertThat(branches.isNew(row("affected_data", "foto|navn", "url", "tom")))
                    .isFalse();
        }

        @Test
        void if_it_lacks_a_value_that_its_letter_prints() {
            var branches = of("{{#if recipient.x}}{{recipient.name}}{{/if}}", FACTS);
            assertThat(branches.isNew(row("x", "ja"))).isFalse();
            assertThat(branches.isNew(row("x", "ja", "name", "Bo"))).isTrue();
        }

        @Test
        void after_256_shapes() {
            var branches = of("{{#if recipient.x}}a{{/if}}{{#if recipient.affected_data}}b{{/if}}", FACTS);
            for (int items = 1; items <= 256; items++) branches.isNew(row("affected_data", "navn|".repeat(items)));
            assertThat(branches.isNew(row("affected_data", "navn", "x", "ja"))).isFalse();
        }
    }

    @Test
    void rows_of_a_known_shape_do_not_use_up_the_256_shapes() {
        var branches = of("{{#if recipient.x}}a{{/if}}", FACTS);
        for (int i = 0; i < 300; i++) branches.isNew(row("x", ""));
        assertThat(branches.isNew(row("x", "ja"))).isTrue();
    }
}
