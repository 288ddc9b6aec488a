package dk.underret.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.NoticeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadKeyTest {
    private static final NoticeId MAIN = new NoticeId("komit", "main");
    private static final NoticeId SKOLE = new NoticeId("komit", "skole-3");

    @Test
    void knows_an_incidents_facts() {
        assertThat(UploadKey.of("incidents/komit/incident.json")).isEqualTo(new UploadKey.IncidentFacts("komit"));
    }

    @Test
    void knows_a_notices_facts() {
        assertThat(UploadKey.of("incidents/komit/skole-3/notice.json")).isEqualTo(new UploadKey.NoticeFacts(SKOLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list.csv",
                "LIST.CSV",
                "forældre 7. b + c.csv",
                "100 % klar.csv",
                "liste..csv",
                "list.xlsx",
                "list.csv.gz"
            })
    void takes_a_list_without_a_notice_folder_for_notice_main(String file) {
        assertThat(UploadKey.of("incidents/komit/" + file)).isEqualTo(new UploadKey.People(MAIN, file));
    }

    @Test
    void knows_a_list_of_a_notice() {
        assertThat(UploadKey.of("incidents/komit/skole-3/list.csv")).isEqualTo(new UploadKey.People(SKOLE, "list.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resend", "close", "posted"})
    void knows_a_persons_decision(String action) {
        assertThat(UploadKey.of("incidents/komit/skole-3/" + action + "/list.csv"))
                .isEqualTo(new UploadKey.Decision(SKOLE, action, "list.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"da", "en", "en-GB", "zh-Hant-TW"})
    void knows_a_letter(String locale) {
        assertThat(UploadKey.of("letters/breach-notice/" + locale + ".hbs"))
                .isEqualTo(new UploadKey.LetterFile("breach-notice", locale));
    }

    @ParameterizedTest
    @ValueSource(strings = {"incidents/", "incidents/komit/", "incidents/komit/main/resend/", "letters/own/", "other/"})
    void knows_a_folder_marker(String key) {
        assertThat(UploadKey.of(key)).isEqualTo(new UploadKey.Folder());
    }

    @ParameterizedTest
    @CsvSource({
        "incidents/komit/../list.csv, komit",
        "incidents/komit/../, komit",
        "incidents/../komit/list.csv, ''",
        "incidents/komit/%2e%2e/list.csv, komit",
        "incidents/komit/%2E%2E/list.csv, komit",
        "incidents/komit/list%20two.csv, komit",
        "incidents%2Fkomit%2Flist.csv, ''",
        "incidents/komit/./list.csv, komit",
        "incidents/komit//list.csv, komit",
        "/incidents/komit/list.csv, ''",
        "incidents/komit/..\\list.csv, komit",
        "incidents/komit/notes.txt, komit",
        "incidents/komit/.csv, komit",
        "incidents/komit/INCIDENT.JSON, komit",
        "incidents/komit/notice.json, komit",
        "incidents/komit/main/incident.json, komit",
        "incidents/komit/resend/list.csv, komit",
        "incidents/komit/incident/list.csv, komit",
        "incidents/komit/main/other/list.csv, komit",
        "incidents/komit/main/resend/resend/list.csv, komit",
        "incidents/KOMIT/list.csv, ''",
        "incidents/-komit/list.csv, ''",
        "incidents/list.csv, ''",
        "incidents/komit, ''",
        "list.csv, ''",
        "'', ''",
        "letters/da.hbs, ''",
        "letters/own/da.html, ''",
        "letters/Own/da.hbs, ''",
        "letters/own/dansk.hbs, ''",
        "letters/own/x/da.hbs, ''"
    })
    void finds_a_key_of_another_form_bad_and_names_its_incident(String key, String incident) {
        assertThat(UploadKey.of(key)).isEqualTo(new UploadKey.Bad(incident));
    }

    @Test
    void finds_a_control_character_bad() {
        assertThat(UploadKey.of("incidents/komit/li\nst.csv")).isEqualTo(new UploadKey.Bad("komit"));
    }
}
