package dk.underret.intake;

import static org.assertj.core.api.Assertions.assertThat;

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
}
