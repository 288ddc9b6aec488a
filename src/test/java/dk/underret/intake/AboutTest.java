package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSet;
import dk.underret.run.ChunkRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests lists that say whom each letter is about: parents' letters about their children. */
class AboutTest {
    private final IntakeFixture fixture = new IntakeFixture();

    private void shipped() throws IOException {
        fixture.letters.put(
                "breach-notice", "da", Files.readString(Path.of("src/main/resources/letters/breach-notice/da.hbs")));
    }

    private List<Letter> letters(IntakeResult.Sending sending) throws FindingsException {
        var frozen =
                fixture.incidents.frozen(new NoticeId("brud", NoticeId.MAIN)).orElseThrow();
        var letters = LetterSet.frozen(frozen, fixture.letters);
        return fixture.chunks.of(sending.run().id()).stream()
                .flatMap(chunk -> chunk.rows().stream())
                .filter(ChunkRow.Send.class::isInstance)
                .map(ChunkRow.Send.class::cast)
                .map(row -> letters.render(row.locale(), row.person()).orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "about",
                "Vedrørende",
                "Barn",
                "Barnets navn",
                "Elev",
                "Elevens navn",
                "På vegne af",
                "Child",
                "Pupil",
                "Student",
                "On behalf of"
            })
    void sends_a_parent_of_two_children_two_letters_that_each_name_the_child(String column) throws Exception {
        shipped();
        var sending = (IntakeResult.Sending) fixture.take(
                LIST, "Navn;E-mail;" + column + "\nBo Bjerg;bo@x.example;Ida Bjerg\nBo Bjerg;bo@x.example;Per Bjerg\n");

        assertThat(letters(sending))
                .hasSize(2)
                .extracting(Letter::text)
                .satisfiesExactly(
                        text -> assertThat(text).contains("Kære Bo Bjerg", "Brevet handler om Ida Bjerg."),
                        text -> assertThat(text).contains("Kære Bo Bjerg", "Brevet handler om Per Bjerg."));
        assertThat(sending.findings().counts()).doesNotContainKey(FindingCode.ABOUT_NOT_PRINTED);
    }

    @Test
    void lets_a_letter_use_the_columns_own_name() throws Exception {
        fixture.letters.put("breach-notice", "da", """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                {{#if recipient.barn}}Om {{recipient.barn}}{{else}}Om dig{{/if}}
                """);
        var sending = (IntakeResult.Sending)
                fixture.take(LIST, "Navn;E-mail;Barn\nBo;bo@x.example;Ida Bjerg\nBo;bo@x.example;nej\n");

        assertThat(letters(sending)).extracting(Letter::text).containsExactly("Om Ida Bjerg\n", "Om dig\n");
    }

    @Test
    void refuses_a_row_that_only_says_yes_where_the_letter_prints_a_name() throws Exception {
        shipped();
        var sending = (IntakeResult.Sending)
                fixture.take(LIST, "Navn;E-mail;Elev\nBo;bo@x.example;Ida\nAnna;anna@x.example;Ja\n");

        assertThat(letters(sending)).hasSize(1);
        assertThat(sending.findings().listed()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.NOT_A_NAME);
            assertThat(finding.row()).isEqualTo(3);
            assertThat(finding.column()).isEqualTo("Elev");
            assertThat(finding.message(Language.DANISH)).startsWith("Kolonnen \"Elev\" siger kun ja i denne række");
        });
    }

    @Test
    void warns_of_a_letter_that_does_not_say_whom_it_is_about() throws Exception {
        var sending = (IntakeResult.Sending) fixture.take(LIST, "Navn;E-mail;Barn\nBo;bo@x.example;Ida Bjerg\n");

        assertThat(sending.findings().listed())
                .filteredOn(finding -> finding.code() == FindingCode.ABOUT_NOT_PRINTED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.file()).isEqualTo("da.hbs"));
    }

    @Test
    void tells_the_uploader_of_a_repeated_row_what_to_do_for_two_children() throws Exception {
        shipped();
        var sending = (IntakeResult.Sending)
                fixture.take(LIST, "Navn;E-mail\nBo Bjerg;bo@x.example\nBo Bjerg;bo@x.example\n");

        assertThat(letters(sending)).hasSize(1);
        assertThat(sending.findings().listed())
                .filteredOn(finding -> finding.code() == FindingCode.DUPLICATE)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message(Language.DANISH))
                        .contains("Er det to børn, så tilføj kolonnen \"vedrørende\" med barnets navn;"
                                + " ellers får forælderen kun ét brev."));
    }
}
