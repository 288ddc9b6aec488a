package dk.underret.letter;

import static dk.underret.letter.LetterFixture.body;
import static dk.underret.letter.LetterFixture.checkFindings;
import static dk.underret.letter.LetterFixture.compileFindings;
import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.facts;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {
    private static final Map<String, Object> FACTS = facts("""
            {'title': 'Brud', 'summary': 'Sket', 'count': 2, 'note': ' ',
             'controller': {'name': 'Skolen', 'phone': '11', 'dpo': {'name': 'Bo'}},
             'contacts': [{'name': 'A', 'phone': '1'}, {'name': 'B', 'email': 'b@b.example'}],
             'consequences': ['svindel'], 'aware_at': '2025-08-10', 'type': 'den 10. august',
             'exposure': {'from': '2025-08-01', 'to': '2025-08-10'}}
            """);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/letters/refused.csv", delimiter = '|', quoteCharacter = '\0', numLinesToSkip = 1)
    void refuses(String source, String construct, String reason) {
        assertThat(compileFindings(body("\n" + source.replace("\\n", "\n"))))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", 4, construct, construct, "BAD_LETTER." + reason));
    }

    @Test
    void names_a_tag_that_it_cannot_read_and_not_its_column() {
        var finding =
                compileFindings("Subject: Om {{incident.title}}}\n\nHej\n").getFirst();
        assertThat(finding.row()).isEqualTo(1);
        assertThat(finding.message(Language.ENGLISH))
                .isEqualTo(
                        "The tag {{incident.title}}} cannot be read. Check whether a curly bracket or a word is missing or"
                                + " superfluous, and whether the block of the tag begins before it.");
        assertThat(finding.message(Language.DANISH))
                .isEqualTo(
                        "Koden {{incident.title}}} kan ikke læses. Se, om en krøllet parentes eller et ord mangler eller er"
                                + " overflødigt, og om kodens blok begynder før den.");
    }

    @Test
    void says_how_to_close_a_block() {
        assertThat(compileFindings(body("{{#each incident.contacts}}x\n"))
                        .getFirst()
                        .message(Language.ENGLISH))
                .isEqualTo(
                        "The block {{#each is not closed. Add its end tag: {{/if}} closes {{#if}}, {{/each}} closes {{#each}}.");
        assertThat(compileFindings(body("{{#if incident.title}}x{{/each}}\n"))
                        .getFirst()
                        .message(Language.DANISH))
                .isEqualTo(
                        "Koderne passer ikke sammen her. Afslut først den blok, der begyndte sidst, med dens egen kode:"
                                + " {{/if}} afslutter {{#if}}, {{/each}} afslutter {{#each}}.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "UTF-16LE", "x-UTF-16LE-BOM", "UTF-16BE"})
    void refuses_a_letter_of_another_encoding_at_the_first_line_that_shows_it(String encoding) throws IOException {
        var file = "Subject: Brud\n\nKære {{recipient.name}}\n{{{nosuch}}}\n".getBytes(Charset.forName(encoding));
        var source = LetterSource.read("own", "da", "v1", new ByteArrayInputStream(file));
        var line = encoding.equals("windows-1252") ? 3 : 1;
        assertThat(compileFindings(source.text()))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", line, "UTF-8", "UTF-8", "BAD_LETTER.encoding"));
    }

    @Test
    void accepts_utf_8_with_a_byte_order_mark() throws IOException {
        var file = "\uFEFFSubject: Brud\r\n\r\nKære {{recipient.name}}\r\n".getBytes(StandardCharsets.UTF_8);
        var source = LetterSource.read("own", "da", "v1", new ByteArrayInputStream(file));
        assertThat(compileFindings(source.text())).isEmpty();
    }

    @Test
    void stops_reading_a_file_at_the_length_limit_and_refuses_it() throws IOException {
        var file = new ByteArrayInputStream("€".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        var source = LetterSource.read("own", "da", "v1", file);
        assertThat(file.available()).isEqualTo((3 << 20) - LetterSource.MAX_BYTES - 1);
        assertThat(compileFindings(source.text()))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", 0, "400001", "400001", "BAD_LETTER.long"));
    }

    @Test
    void reports_all_findings_in_the_order_of_lines() {
        assertThat(compileFindings("Subject: {{{incident.title}}}\nCovers: nature, allt\n\n____\n{{nosuch 1}}\n"))
                .extracting(Finding::row, Finding::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, FindingCode.BAD_LETTER),
                        org.assertj.core.groups.Tuple.tuple(2L, FindingCode.BAD_LETTER),
                        org.assertj.core.groups.Tuple.tuple(4L, FindingCode.PLACEHOLDER),
                        org.assertj.core.groups.Tuple.tuple(5L, FindingCode.BAD_LETTER));
    }

    @Test
    void counts_lines_across_tags() {
        assertThat(compileFindings(
                        body("{{!-- a\nb\n--}}\n{{incident.title}} Kære ____\n![x](https://a.example/x.png)")))
                .extracting(Finding::row, Finding::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(6L, FindingCode.PLACEHOLDER),
                        org.assertj.core.groups.Tuple.tuple(7L, FindingCode.BAD_LETTER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#each incident.contacts as |c|}}x{{/each}}",
                "{{#if recipient.a}}x{{else each incident.contacts as |c|}}x{{/if}}"
            })
    void refuses_names_for_the_items_of_a_block(String source) {
        assertThat(compileFindings(body(source)))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", 3, "as |…|", "as |…|", "BAD_LETTER.construct"));
    }

    @Test
    void reports_a_raw_block_without_an_end() {
        assertThat(compileFindings(body("{{{{raw}}}}x")))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", 4, "{{raw}}}}", "{{raw}}}}", "BAD_LETTER.syntax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{incident.title %}}", "{{else}}"})
    void writes_nothing_of_a_letter_that_it_cannot_read_to_the_console(String source) {
        var console = System.err;
        var written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            compileFindings(body(source));
        } finally {
            System.setErr(console);
        }
        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFDD0", "\uFDEF"})
    void refuses_a_noncharacter(String character) {
        assertThat(compileFindings(body("Hej" + character)))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", 0, "U+FDD0", "U+FDD0", "BAD_LETTER.character"));
    }

    @Test
    void refuses_an_unknown_header_line() {
        assertThat(compileFindings("Subject: Brud\nCover: nature\n\nHej"))
                .containsExactly(Finding.at(
                        FindingCode.BAD_LETTER, "da.hbs", 2, "Cover: nature", "Cover: nature", "BAD_LETTER.header"));
    }

    @Test
    void accepts_a_header_that_ends_with_the_file() {
        assertThat(compileFindings("Subject: Brud\nCovers: nature")).isEmpty();
    }

    @Test
    void reports_an_unclosed_block_at_its_beginning() {
        var source =
                "Subject: Brud\n\n{{#if incident.note}}a{{/if}}\n{{#if incident.title}}\n{{#each incident.consequences}}\n"
                        + "{{this}}\n{{/each}}\n\nHilsen\n";
        assertThat(compileFindings(source))
                .containsExactly(
                        Finding.at(FindingCode.BAD_LETTER, "da.hbs", 4, "{{#if", "{{#if", "BAD_LETTER.unclosed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hej", "Subject:\n\nHej", "Covers: nature\n\nHej", ""})
    void refuses_a_letter_without_a_subject(String source) {
        assertThat(compileFindings(source))
                .containsExactly(Finding.at(FindingCode.NO_SUBJECT, "da.hbs", 1, "Subject:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vi har mistet kontaktoplysninger (navn og adresse)",
                "[Skriv til os](https://skole.example)",
                "[Navn](https://skole.example)",
                "Ring til os (skriv gerne først)",
                "Over\n\n___\n\nunder",
                "{{!-- [Indsæt\nafsender] --}}Hej",
                "Nabotegn: \uFDCF \uFDF0"
            })
    void accepts_text_that_is_not_a_placeholder(String text) {
        assertThat(compileFindings(body("Hej\n" + text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kære ____",
                "[Indsæt afsender info]",
                "(Her skriver I hvilke data)",
                "[insert name]",
                "[your school]",
                "<navn>",
                "TODO"
            })
    void refuses_a_leftover_placeholder(String text) {
        assertThat(compileFindings(body("Hej\n" + text)))
                .extracting(Finding::code, Finding::row)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(FindingCode.PLACEHOLDER, 4L));
    }

    @Test
    void refuses_a_leftover_placeholder_in_the_subject() {
        assertThat(compileFindings("Subject: Brud hos [Indsæt navn]\n\nHej"))
                .extracting(Finding::code, Finding::row)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(FindingCode.PLACEHOLDER, 1L));
    }

    @Nested
    class Against_facts {
        @Test
        void every_path_must_exist() {
            assertThat(checkFindings(
                            "{{incident.title}}\n{{incident.apology}}\n{{incident.typo}}\n{{incident.note}}", FACTS))
                    .containsExactly(
                            "4 BAD_LETTER [incident.apology, BAD_LETTER.no_value]",
                            "5 BAD_LETTER [incident.typo, BAD_LETTER.unknown_path]",
                            "6 BAD_LETTER [incident.note, BAD_LETTER.no_value]");
        }

        @Test
        void an_optional_part_may_be_absent_if_the_schema_has_it() {
            assertThat(checkFindings("{{#if incident.delay}}{{incident.delay.reason}}{{/if}}", FACTS))
                    .isEmpty();
            assertThat(checkFindings("{{#with incident.delay}}{{reason}}{{/with}}", FACTS))
                    .isEmpty();
            assertThat(checkFindings("{{#each incident.measures}}{{by}}{{text}}{{/each}}", FACTS))
                    .isEmpty();
        }

        @Test
        void the_content_of_an_absent_part_is_checked_against_the_schema() {
            assertThat(checkFindings("{{#if incident.dealy}}x{{/if}}", FACTS))
                    .containsExactly("3 BAD_LETTER [incident.dealy, BAD_LETTER.unknown_path]");
            assertThat(checkFindings("{{#with incident.delay}}\n{{resaon}}{{/with}}", FACTS))
                    .containsExactly("4 BAD_LETTER [resaon, BAD_LETTER.unknown_path]");
            assertThat(checkFindings("{{#each incident.measures}}{{#if by}}{{txt}}{{/if}}{{/each}}", FACTS))
                    .containsExactly("3 BAD_LETTER [txt, BAD_LETTER.unknown_path]");
        }

        @Test
        void a_name_is_resolved_only_in_the_innermost_block() {
            assertThat(checkFindings("{{#with incident.controller}}{{#with dpo}}{{phone}}{{/with}}{{/with}}", FACTS))
                    .containsExactly("3 BAD_LETTER [phone, BAD_LETTER.no_value]");
        }

        @Test
        void every_item_of_a_list_must_have_the_printed_values() {
            assertThat(checkFindings("{{#each incident.contacts}}{{name}}{{phone}}{{/each}}", FACTS))
                    .containsExactly("3 BAD_LETTER [phone, BAD_LETTER.no_value]");
            assertThat(checkFindings(
                            "{{#each incident.contacts}}{{name}}{{#if phone}}{{phone}}{{/if}}{{/each}}", FACTS))
                    .isEmpty();
        }

        @Test
        void values_must_have_the_type_of_their_use() {
            assertThat(checkFindings("""
                    {{incident.contacts}}
                    {{#each incident.title}}x{{/each}}
                    {{#with incident.title}}x{{/with}}
                    {{date incident.type}}
                    {{period incident.title}}
                    {{list incident.title}}
                    {{list incident.contacts "phone"}}
                    """, FACTS))
                    .containsExactly(
                            "3 BAD_LETTER [incident.contacts, BAD_LETTER.not_text]",
                            "4 BAD_LETTER [incident.title, BAD_LETTER.not_list]",
                            "5 BAD_LETTER [incident.title, BAD_LETTER.not_object]",
                            "6 BAD_LETTER [incident.type, BAD_LETTER.not_date]",
                            "7 BAD_LETTER [incident.title, BAD_LETTER.not_object]",
                            "8 BAD_LETTER [incident.title, BAD_LETTER.not_list]",
                            "9 BAD_LETTER [incident.contacts, BAD_LETTER.no_value]");
        }

        @Test
        void a_subject_has_one_line() {
            var letter = da("Subject: {{incident.title}}\n\nHej");
            assertThat(letter.check(facts("{'title': 'a\\nBcc: b'}"), Set.of()))
                    .contains(Finding.at(
                            FindingCode.BAD_LETTER,
                            "da.hbs",
                            1,
                            "incident.title",
                            "incident.title",
                            "BAD_LETTER.line_end"));
        }
    }

    @Nested
    class Columns {
        @Test
        void must_be_in_the_list() {
            assertThat(checkFindings(
                            "{{recipient.name}}\n{{#if recipient.nr}}x{{/if}}{{#eq recipient.kind 'a'}}{{/eq}}",
                            FACTS,
                            "name"))
                    .containsExactly("4 MISSING_COLUMN [nr, name]", "4 MISSING_COLUMN [kind, name]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{#if recipient.about}}Om {{recipient.about}}{{/if}}",
                    "{{#if recipient.barn}}Om {{recipient.barn}}{{/if}}",
                    "{{#if (and recipient.name recipient.about)}}{{recipient.about}}{{/if}}",
                    "{{#unless recipient.about}}x{{else}}{{recipient.about}}{{/unless}}",
                    "{{#if recipient.city}}{{#if recipient.postcode}}{{recipient.postcode}} {{/if}}{{recipient.city}}{{/if}}",
                    "{{#eq recipient.locale 'en'}}x{{/eq}}"
                })
        void that_say_something_about_some_people_may_lack_if_they_are_guarded(String body) {
            assertThat(checkFindings(body, FACTS, "name", "email")).isEmpty();
            assertThat(da(body(body)).requirements(FACTS).columns()).isSubsetOf("name");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{{recipient.about}}",
                    "{{#if recipient.name}}{{recipient.about}}{{/if}}",
                    "{{#if (or recipient.name recipient.about)}}{{recipient.about}}{{/if}}"
                })
        void that_say_something_about_some_people_must_be_in_the_list_if_others_get_them_printed(String body) {
            assertThat(checkFindings(body, FACTS, "name")).containsExactly("3 MISSING_COLUMN [about, name]");
            assertThat(da(body(body)).requirements(FACTS).columns()).contains("about");
        }

        @Test
        void whom_the_letter_is_about_should_be_printed() {
            assertThat(checkFindings("Kære {{recipient.name}}", FACTS, "name", "about"))
                    .containsExactly("0 ABOUT_NOT_PRINTED []");
            assertThat(checkFindings("{{#if recipient.about}}x{{/if}}", FACTS, "about"))
                    .containsExactly("0 ABOUT_NOT_PRINTED []");
            assertThat(checkFindings("{{recipient.elev}}", FACTS, "about")).isEmpty();
        }

        @Test
        void of_conditions_must_be_in_the_list() {
            var facts = facts("{'sections': [{'heading': 'x', 'only_if': {'reminder': 'yes'}}]}");
            assertThat(checkFindings("{{#each incident.sections}}{{heading}}{{/each}}", facts, "email"))
                    .containsExactly("3 MISSING_COLUMN [reminder, email]");
        }

        @Test
        void that_select_a_variant_are_those_of_guards_conditions_and_affected_data() {
            var facts = facts("{'sections': [{'heading': 'x', 'only_if': {'reminder': 'yes'}}],"
                    + " 'affected_data': [{'items': ['Navn'], 'applies_to': {'kind': 'a'}}]}");
            var letter = da(body("{{#if recipient.nr}}x{{/if}}{{#each incident.sections}}{{heading}}{{/each}}"
                    + "{{list recipient.affected_data}}"));
            assertThat(letter.requirements(facts).read()).containsExactly("affected_data", "kind", "nr", "reminder");
            assertThat(letter.requirements(facts).columns()).containsExactly("kind", "nr", "reminder");
            assertThat(da(body("Hej")).requirements(facts).read()).isEmpty();
        }

        @Test
        void must_have_a_value_if_they_are_printed() {
            var letter = da("Subject: Til {{recipient.name}}\n\n"
                    + "{{#if recipient.nr}}{{recipient.nr}}{{else}}{{recipient.class}}{{/if}}"
                    + "{{#eq recipient.kind 'b'}}{{recipient.boat}}{{/eq}}");
            var requirements = letter.requirements(FACTS);
            assertThat(requirements.columns()).containsExactly("boat", "class", "kind", "name", "nr");
            assertThat(requirements.missing(row("name", "A", "nr", "1"))).isEmpty();
            assertThat(requirements.missing(row("name", " ", "kind", "B"))).containsExactly("name", "class", "boat");
            assertThat(requirements.lineEndInSubject(row("name", "A\nB"))).containsExactly("name");
        }

        @Test
        void affected_data_must_not_be_empty() {
            var letter = da(body("{{#each recipient.affected_data}}\n- {{this}}\n{{/each}}"));
            var none = letter.requirements(FACTS);
            assertThat(none.columns()).isEmpty();
            assertThat(none.missing(row())).containsExactly("affected_data");
            assertThat(none.missing(row("affected_data", "foto"))).isEmpty();
        }
    }

    @Nested
    class Required_content {
        @Test
        void is_covered_by_a_part_that_everybody_gets() {
            assertThat(covered("{{incident.summary}} {{list recipient.affected_data}} {{incident.controller.name}}"))
                    .containsExactlyInAnyOrder(
                            RequiredContent.NATURE, RequiredContent.DATA, RequiredContent.CONTROLLER);
            assertThat(covered("{{#each incident.consequences}}{{this}}{{/each}}"))
                    .containsExactly(RequiredContent.CONSEQUENCES);
            assertThat(covered("{{#each incident.contacts}}{{#if phone}}{{phone}}{{/if}}{{/each}}"))
                    .containsExactly(RequiredContent.CONTACT);
        }

        @Test
        void is_not_covered_by_a_part_that_some_people_get() {
            assertThat(covered("{{#if recipient.x}}{{incident.summary}}{{/if}}"))
                    .isEmpty();
            assertThat(covered("{{#if recipient.x}}{{incident.summary}}{{else}}Kort: {{incident.summary}}{{/if}}"))
                    .containsExactly(RequiredContent.NATURE);
            assertThat(covered("{{#if incident.delay}}{{incident.summary}}{{/if}}"))
                    .isEmpty();
        }

        @Test
        void is_covered_by_the_covers_header() {
            assertThat(covered(da("Subject: x\nCovers: measures, Contact\n\nHej")))
                    .containsExactlyInAnyOrder(RequiredContent.MEASURES, RequiredContent.CONTACT);
        }

        @Test
        void is_reported_if_it_is_not_covered() {
            assertThat(da("Subject: x\nCovers: nature, data, measures, controller, contact\n\nHej")
                            .check(FACTS, Set.of()))
                    .containsExactly(
                            Finding.at(FindingCode.NOT_IN_LETTER, "da.hbs", 0, "consequences", "consequences"));
        }

        private Set<RequiredContent> covered(String body) {
            return covered(da(body(body)));
        }

        /** Returns the required content that the check finds in a letter. */
        private Set<RequiredContent> covered(LetterTemplate letter) {
            var covered = EnumSet.allOf(RequiredContent.class);
            for (Finding finding : letter.check(FACTS, Set.of()))
                if (finding.code() == FindingCode.NOT_IN_LETTER)
                    covered.removeIf(
                            part -> part.keyword().equals(finding.arguments().get(0)));
            return covered;
        }
    }
}
