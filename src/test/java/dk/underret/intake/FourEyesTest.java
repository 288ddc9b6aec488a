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

/** One person approves and another sends, where a deployment asks for that. */
class FourEyesTest {
    private static final String FACTS = "incidents/brud/incident.json";
    private static final String PEOPLE = "email,name\nanna@x.example,Anna\n";
    private static final Finding SAME = Finding.of(FindingCode.FOUR_EYES, "list.csv");
    private static final Finding UNKNOWN = Finding.of(FindingCode.FOUR_EYES, "list.csv", "unknown");

    private final IntakeFixture world = new IntakeFixture();

    @BeforeEach
    void are_asked_for() {
        world.fourEyes = true;
    }

    private IntakeResult take(String principal, String key, String content) throws IOException {
        return world.intake().take(world.upload(principal, key, content));
    }

    private void approves(String principal) throws IOException {
        take(principal, FACTS, json("approved"));
    }

    private void assertRefused(IntakeResult answer, Finding finding) {
        assertThat(((IntakeResult.Refused) answer).findings().listed()).containsExactly(finding);
        assertThat(world.work.messages()).isEmpty();
        assertThat(world.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
    }

    @Test
    void of_two_persons_send() throws IOException {
        approves("anna");
        assertThat(take("bo", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void of_one_person_do_not() throws IOException {
        approves("anna");
        assertRefused(take("anna", LIST, PEOPLE), SAME);
        assertThat(SAME.message(Language.ENGLISH))
                .isEqualTo(
                        "You approved this notice yourself, or changed its facts afterwards, so nothing was sent. Here"
                                + " one person approves and another uploads the list. Ask a colleague to upload it with their"
                                + " own user.");
    }

    @Test
    void are_not_looked_for_where_nobody_asks() throws IOException {
        world.fourEyes = false;
        approves("anna");
        assertThat(take("anna", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_not_needed_for_a_draft() throws IOException {
        take("anna", FACTS, json("draft"));
        var draft = (IntakeResult.Draft) take("anna", LIST, PEOPLE);
        assertThat(draft.findings().listed()).isEmpty();
    }

    @Test
    void are_those_of_who_approved_and_not_of_who_wrote_the_draft() throws IOException {
        take("anna", FACTS, json("draft"));
        take("bo", FACTS, json("approved"));
        assertThat(take("anna", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void stay_who_they_were_when_the_same_is_uploaded_again() throws IOException {
        var approval = world.upload("anna", FACTS, json("approved"));
        world.intake().take(approval);
        take("bo", FACTS, json("approved").replace("{\n", "{ \"max_per_hour\": 60, \"approved_by\": \"Bo\",\n"));

        assertThat(world.incidents
                        .incident("brud")
                        .flatMap(StoredFacts::knownAuthor)
                        .orElseThrow())
                .isEqualTo(new Author(
                        approval.version(),
                        "anna",
                        approval.at(),
                        world.incidents
                                .incident("brud")
                                .flatMap(stored -> stored.author())
                                .orElseThrow()
                                .sha256()));
        assertRefused(take("anna", LIST, PEOPLE), SAME);
        assertThat(take("bo", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_of_who_changed_what_was_approved() throws IOException {
        approves("anna");
        take("bo", FACTS, json("approved").replace("Skolen", "Gymnasiet"));
        assertRefused(take("bo", LIST, PEOPLE), SAME);
        assertThat(take("anna", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_of_who_set_it_back_to_approved() throws IOException {
        approves("anna");
        take("anna", FACTS, json("draft"));
        approves("bo");
        assertRefused(take("bo", LIST, PEOPLE), SAME);
    }

    @Test
    void are_of_who_completed_the_facts_by_a_notices_own() throws IOException {
        approves("anna");
        take("bo", "incidents/brud/main/notice.json", "{\"title\": \"Brud på persondatasikkerheden, skole 3\"}");
        assertRefused(take("bo", LIST, PEOPLE), SAME);
        assertThat(take("anna", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void do_not_count_who_paused_the_notice() throws IOException {
        approves("anna");
        world.incidents.pause(new NoticeId("brud", "main"));
        assertThat(take("bo", LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void cannot_be_seen_where_facts_were_put_into_the_table() throws IOException {
        assertRefused(take("bo", LIST, PEOPLE), UNKNOWN);
        assertThat(UNKNOWN.message(Language.ENGLISH)).contains("Upload incident.json");
    }

    @Test
    void cannot_be_seen_where_facts_were_changed_in_the_table() throws IOException {
        take("anna", FACTS, json("draft"));
        world.incidents.correct("brud", facts("approved"));
        assertRefused(take("bo", LIST, PEOPLE), UNKNOWN);

        approves("anna");
        assertThat(take("bo", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void cannot_be_seen_before_the_event_of_the_facts_has_come() throws IOException {
        var approval = world.upload("anna", FACTS, json("approved"));
        assertRefused(take("bo", LIST, PEOPLE), UNKNOWN);

        world.intake().take(approval);
        assertRefused(take("anna", "incidents/brud/list.csv", PEOPLE + "bo@x.example,Bo\n"), SAME);
        assertThat(take("bo", "incidents/brud/again.csv", PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void cannot_be_seen_where_nobody_knows_who_uploads() throws IOException {
        approves("anna");
        assertRefused(take("", LIST, PEOPLE), UNKNOWN);
    }

    @Test
    void are_asked_for_once_where_a_run_goes_on_by_what_it_froze() throws IOException {
        approves("anna");
        var arrival = world.upload("bo", LIST, PEOPLE);
        assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(arrival))
                .isInstanceOf(IllegalStateException.class);
        take("bo", FACTS, json("approved").replace("Skolen", "Gymnasiet"));
        assertThat(world.intake().take(arrival)).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_asked_for_by_a_resend_and_not_by_what_ends_rows() throws IOException {
        approves("anna");
        take("bo", LIST, PEOPLE);

        var resend = (IntakeResult.Refused) take("anna", "incidents/brud/main/resend/list.csv", PEOPLE);
        assertThat(resend.findings().listed()).contains(SAME);
        var close = take("anna", "incidents/brud/main/close/list.csv", "email,name,reason\nanna@x.example,Anna,told\n");
        assertThat(close).isInstanceOf(IntakeResult.Sending.class);
    }

    @Test
    void are_found_by_notices_that_have_all_facts_of_their_own() throws IOException {
        world.incidents.with("brud", Map.of());
        take("anna", "incidents/brud/skole-3/notice.json", json("approved"));
        assertRefused(take("anna", "incidents/brud/skole-3/list.csv", PEOPLE), SAME);
    }
}
