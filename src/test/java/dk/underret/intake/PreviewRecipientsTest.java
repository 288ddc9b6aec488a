package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.json;
import static dk.underret.intake.IntakeFixture.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMailMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which letters of a draft go to the sender's own staff ({@code preview_to}). */
class PreviewRecipientsTest {
    private static final String PEOPLE = "email,name,locale,pupil\n"
            + "anna@x.example,Anna,,\n"
            + "bo@x.example,Bo,,\n"
            + "eva@x.example,Eva,,yes\n"
            + "per@x.example,Per Bartholomæus Ægidius,,\n"
            + "joe@x.example,Joe,en,\n"
            + "no address,Ib,,\n";

    private final IntakeFixture world = new IntakeFixture();

    private void facts(String status, String previewTo) {
        world.incidents.with("brud", parse(json(status).replaceFirst("\\{", "{\"preview_to\": [" + previewTo + "],")));
        world.letters.put("breach-notice", "da", letter("Kære"));
        world.letters.put("breach-notice", "en", letter("Dear"));
    }

    private static String letter(String greeting) {
        return """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                %s {{recipient.name}}
                {{#if recipient.pupil}}
                Your child
                {{/if}}
                """.formatted(greeting);
    }

    private Optional<PreviewMail> trial(IntakeResult answer) {
        return world.trials.find(((IntakeResult.Draft) answer).run().id());
    }

    private static List<Long> rows(PreviewMail trial) {
        return trial.people().stream().map(row -> row.person().row()).toList();
    }

    @Test
    void is_the_first_letter_one_in_each_language_and_one_for_each_branch() throws IOException {
        facts("draft", "\"dpo@skole.example\", \"Leder@Skole.example\"");
        var answer = (IntakeResult.Draft) world.take(LIST, PEOPLE);

        var trial = trial(answer).orElseThrow();
        assertThat(rows(trial)).containsExactly(2L, 4L, 6L);
        assertThat(trial.to()).containsExactly("dpo@skole.example", "Leder@skole.example");
        assertThat(trial.notice().notice()).isEqualTo(new NoticeId("brud", "main"));
        assertThat(trial.notice().facts()).isEqualTo(parse(json("draft").replaceFirst("\"status\": \"draft\",", "")));
        assertThat(trial.notice().letters())
                .extracting(letter -> letter.locale())
                .containsExactly("da", "en");
        assertThat(trial).hasToString("trial letters of run " + answer.run().id());
        assertThat(world.trials.messages())
                .containsExactlyElementsOf(IntStream.range(0, 3)
                        .mapToObj(letter -> new PreviewMailMessage(answer.run().id(), letter))
                        .toList());
        assertThat(world.work.messages()).isEmpty();
        assertThat(world.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
    }

    @Test
    void is_not_made_where_the_facts_name_nobody() throws IOException {
        facts("draft", "");
        assertThat(trial(world.take(LIST, PEOPLE))).isEmpty();
    }

    @Test
    void is_not_made_of_a_notice_that_is_approved() throws IOException {
        facts("approved", "\"dpo@skole.example\"");
        assertThat(world.take(LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
        assertThat(world.trials.messages()).isEmpty();
    }

    @Test
    void is_not_made_of_a_draft_that_could_not_be_sent() throws IOException {
        facts("draft", "\"dpo@skole.example\"");
        world.accounts.forget(IntakeFixture.SENDER);
        assertThat(trial(world.take(LIST, PEOPLE))).isEmpty();
    }

    @Test
    void does_not_go_to_an_address_that_stands_on_the_list() throws IOException {
        facts("draft", "\"dpo@skole.example\", \"EVA@x.example\"");
        var answer = (IntakeResult.Draft) world.take(LIST, PEOPLE);

        assertThat(trial(answer).orElseThrow().to()).containsExactly("dpo@skole.example");
        var finding = Finding.at(FindingCode.PREVIEW_TO_RECIPIENT, "incident.json", 0, "preview_to[1]", 4);
        assertThat(answer.findings().listed()).contains(finding);
        assertThat(finding.message(Language.ENGLISH))
                .isEqualTo(
                        "This address is also in row 4 of the list. It gets no sample letter, since that would show it"
                                + " another person's letter. Name another address, or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"åse@skole.example", "dpo"})
    void does_not_go_to_what_is_no_address(String address) throws IOException {
        facts("draft", "\"dpo@skole.example\", \"" + address + "\"");
        var answer = (IntakeResult.Draft) world.take(LIST, PEOPLE);

        assertThat(answer.findings().listed())
                .contains(Finding.at(FindingCode.BAD_FACTS, "incident.json", 0, "preview_to[1]", "email"));
        assertThat(trial(answer)).isEmpty();
    }

    @Test
    void goes_to_ten_at_the_most() throws IOException {
        var many = IntStream.range(0, 11)
                .mapToObj(i -> "\"p" + i + "@skole.example\"")
                .toList();
        facts("draft", String.join(",", many));
        var answer = (IntakeResult.Draft) world.take(LIST, PEOPLE);

        var finding = Finding.at(FindingCode.BAD_FACTS, "incident.json", 0, "preview_to", "many", "10");
        assertThat(answer.findings().listed()).contains(finding);
        assertThat(finding.message(Language.ENGLISH)).isEqualTo("There are more than 10 here. Delete some of them.");
    }

    @Test
    void is_offered_again_where_intake_died_before_the_draft_was_recorded_and_not_after() throws IOException {
        facts("draft", "\"dpo@skole.example\"");
        var arrival = world.upload(LIST, PEOPLE);
        assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(arrival))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.trials.messages()).hasSize(3);

        world.intake().take(arrival);
        assertThat(world.trials.messages()).hasSize(6);
        world.intake().take(arrival);
        assertThat(world.trials.messages()).hasSize(6);
    }
}
