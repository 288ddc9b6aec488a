package dk.underret.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LetterCheckTest {
    private static final String KEY = "letters/own/da.hbs";
    private static final String CHECK = "checks/letters/own/da.txt";

    private final IntakeFixture fixture = new IntakeFixture();

    @Nested
    class An_uploaded_letter {
        @Test
        void without_faults_is_reported_as_in_order() throws IOException {
            fixture.take(KEY, "Subject: x\n\nKære {{recipient.name}}\n");
            assertThat(fixture.previews.files()).containsEntry(CHECK, """
                    letters/own/da.hbs, version v1:

                    The letter is in order by itself. Whether it fits the facts and the list is told when a list comes.
                    """);
        }

        @Test
        void with_faults_is_reported_with_file_line_and_tag_of_each() throws IOException {
            fixture.take(
                    KEY, "Covers: nature\n\nKære {{recipient.name}}\n{{{recipient.name}}}\n{{shout recipient.name}}\n");
            assertThat(fixture.previews.files().get(CHECK)).isEqualTo("""
                    letters/own/da.hbs, version v1:

                    da.hbs, line 1, Subject:: NO_SUBJECT: The letter has no subject. Begin the file with a line "Subject: …", followed by an empty line.
                    da.hbs, line 4, {{{: BAD_LETTER: This is not allowed in a letter: {{{. Print values with two curly brackets, and use only if, unless, each and with.
                    da.hbs, line 5, shout: BAD_LETTER: The helper shout does not exist. Use if, unless, each, with, eq, neq, and, or, not, date, period, list or number.
                    """);
        }

        @Test
        void that_replaces_another_replaces_its_report() throws IOException {
            fixture.take(KEY, "{{{recipient.name}}}\n");
            fixture.take(KEY, "Subject: x\n\nKære {{recipient.name}}\n");
            assertThat(fixture.previews.files().get(CHECK)).contains("version v2", "in order");
        }
    }

    @Test
    void a_letter_that_gmail_would_clip_has_a_warning() throws IOException {
        fixture.letters.put(
                "breach-notice",
                "da",
                "Subject: {{incident.title}}\nCovers: nature, data, consequences, measures, controller, contact\n\n"
                        + "Kære {{recipient.name}}\n\n" + "Et langt brev.\n".repeat(8_000));
        var result = (IntakeResult.Sending) fixture.take(IntakeFixture.LIST, "email,name\nanna@x.example,Anna\n");
        assertThat(result.findings().listed())
                .filteredOn(finding -> finding.code() == FindingCode.LETTER_CLIPPED)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.file()).isEqualTo("da.hbs");
                    assertThat(finding.message(Language.ENGLISH))
                            .isEqualTo("The letter is 117 KB. Gmail shows only the first 102 KB, so the end may not be"
                                    + " read. Shorten the letter.");
                });
    }

    @Test
    void a_letter_of_the_usual_length_has_none() throws IOException {
        var result = (IntakeResult.Sending) fixture.take(IntakeFixture.LIST, "email,name\nanna@x.example,Anna\n");
        assertThat(result.findings().counts()).doesNotContainKey(FindingCode.LETTER_CLIPPED);
    }
}
