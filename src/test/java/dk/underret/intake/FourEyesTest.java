package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.facts;
import static dk.underret.intake.IntakeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.Author;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.incident.StoredFacts;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the four-eyes rule: if a deployment enables it, one person approves and another uploads. */
class FourEyesTest {
    private static final String FACTS = "incidents/brud/incident.json";
    private static final String PEOPLE = "email,name\nanna@x.example,Anna\n";
    private static final Finding SAME = Finding.of(FindingCode.FOUR_EYES, "list.csv");
    private static final Finding UNKNOWN = Finding.of(FindingCode.FOUR_EYES, "list.csv", "unknown");

    private final IntakeFixture fixture = new IntakeFixture();

    @BeforeEach
    void enable_four_eyes() {
        fixture.fourEyes = true;
    }

    private IntakeResult take(String principal, String key, String content) throws IOException {
        return fixture.intake().take(fixture.upload(principal, key, content));
    }

    private void approve(String principal) throws IOException {
        take(principal, FACTS, json("approved"));
    }

    private void assertRefused(IntakeResult result, Finding finding) {
        assertThat(((IntakeResult.Refused) result).findings().listed()).containsExactly(finding);
        assertThat(fixture.work.messages()).isEmpty();
        assertThat(fixture.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
    }

    @Test
    void allow_an_upload_by_a_second_person() throws IOException {
        approve("anna");
        assertThat(take("bo", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void refuse_an_upload_by_the_approver() throws IOException {
        approve("anna");
        assertRefused(take("anna", LIST, PEOPLE), SAME);
        assertThat(SAME.message(Language.ENGLISH))
                .isEqualTo(
                        "You approved this notice yourself, or changed its facts afterwards, so nothing was sent. Here"
                                + " one person approves and another uploads the list. Ask a colleague to upload it with their"
                                + " own user.");
    }

    @Test
    void are_not_checked_when_disabled() throws IOException {
        fixture.fourEyes = false;
        approve("anna");
        assertThat(take("anna", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_not_checked_for_a_draft() throws IOException {
        take("anna", FACTS, json("draft"));
        var draft = (IntakeResult.Draft) take("anna", LIST, PEOPLE);
        assertThat(draft.findings().listed()).isEmpty();
    }

    @Test
    void concern_the_approver_and_not_the_author_of_the_draft() throws IOException {
        take("anna", FACTS, json("draft"));
        take("bo", FACTS, json("approved"));
        assertThat(take("anna", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void concern_the_first_uploader_of_unchanged_facts() throws IOException {
        var approval = fixture.upload("anna", FACTS, json("approved"));
        fixture.intake().take(approval);
        take("bo", FACTS, json("approved").replace("{\n", "{ \"max_per_hour\": 60, \"approved_by\": \"Bo\",\n"));

        assertThat(fixture.incidents
                        .incident("brud")
                        .flatMap(StoredFacts::knownAuthor)
                        .orElseThrow())
                .isEqualTo(new Author(
                        approval.version(),
                        "anna",
                        approval.at(),
                        fixture.incidents
                                .incident("brud")
                                .flatMap(stored -> stored.author())
                                .orElseThrow()
                                .sha256()));
        assertRefused(take("anna", LIST, PEOPLE), SAME);
        assertThat(take("bo", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void concern_the_author_of_a_change_after_the_approval() throws IOException {
        approve("anna");
        take("bo", FACTS, json("approved").replace("Skolen", "Gymnasiet"));
        assertRefused(take("bo", LIST, PEOPLE), SAME);
        assertThat(take("anna", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void concern_the_person_who_approves_again() throws IOException {
        approve("anna");
        take("anna", FACTS, json("draft"));
        approve("bo");
        assertRefused(take("bo", LIST, PEOPLE), SAME);
    }

    @Test
    void concern_the_author_of_the_notices_own_facts() throws IOException {
        approve("anna");
        take("bo", "incidents/brud/main/notice.json", "{\"title\": \"Brud på persondatasikkerheden, skole 3\"}");
        assertRefused(take("bo", LIST, PEOPLE), SAME);
        assertThat(take("anna", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void do_not_concern_the_person_who_pauses_the_notice() throws IOException {
        approve("anna");
        fixture.incidents.pause(new NoticeId("brud", "main"), IntakeFixture.NOW);
        assertThat(take("bo", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void refuse_facts_that_were_put_into_the_table() throws IOException {
        assertRefused(take("bo", LIST, PEOPLE), UNKNOWN);
        assertThat(UNKNOWN.message(Language.ENGLISH)).contains("Upload incident.json");
    }

    @Test
    void refuse_facts_that_were_changed_in_the_table() throws IOException {
        take("anna", FACTS, json("draft"));
        fixture.incidents.correct("brud", facts("approved"));
        assertRefused(take("bo", LIST, PEOPLE), UNKNOWN);

        approve("anna");
        assertThat(take("bo", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void refuse_facts_whose_event_has_not_arrived() throws IOException {
        var approval = fixture.upload("anna", FACTS, json("approved"));
        assertRefused(take("bo", LIST, PEOPLE), UNKNOWN);

        fixture.intake().take(approval);
        assertRefused(take("anna", "incidents/brud/list.csv", PEOPLE + "bo@x.example,Bo\n"), SAME);
        assertThat(take("bo", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void refuse_an_upload_without_a_principal() throws IOException {
        approve("anna");
        assertRefused(take("", LIST, PEOPLE), UNKNOWN);
    }

    @Test
    void are_checked_once_for_a_run_that_continues_with_its_frozen_facts() throws IOException {
        approve("anna");
        var upload = fixture.upload("bo", LIST, PEOPLE);
        assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(upload))
                .isInstanceOf(IllegalStateException.class);
        take("bo", FACTS, json("approved").replace("Skolen", "Gymnasiet"));
        assertThat(fixture.intake().take(upload)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_checked_for_a_resend_and_not_for_other_decisions() throws IOException {
        approve("anna");
        take("bo", LIST, PEOPLE);

        var resend = (IntakeResult.Refused) take("anna", "incidents/brud/main/resend/list.csv", PEOPLE);
        assertThat(resend.findings().listed()).contains(SAME);
        var close = take("anna", "incidents/brud/main/close/list.csv", "email,name,reason\nanna@x.example,Anna,told\n");
        assertThat(close).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_checked_for_a_notice_with_all_facts_of_its_own() throws IOException {
        fixture.incidents.with("brud", Map.of());
        take("anna", "incidents/brud/skole-3/notice.json", json("approved"));
        assertRefused(take("anna", "incidents/brud/skole-3/list.csv", PEOPLE), SAME);
    }
}
