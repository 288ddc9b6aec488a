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

/** Tests the preview mails of a draft, which go to the sender's own addresses ({@code preview_to}). */
class PreviewRecipientsTest {
    private static final String PEOPLE = "email,name,locale,pupil\n"
            + "anna@x.example,Anna,,\n"
            + "bo@x.example,Bo,,\n"
            + "eva@x.example,Eva,,yes\n"
            + "per@x.example,Per Bartholomæus Ægidius,,\n"
            + "joe@x.example,Joe,en,\n"
            + "no address,Ib,,\n";

    private final IntakeFixture fixture = new IntakeFixture();

    private void facts(String status, String previewTo) {
        fixture.incidents.with(
                "brud", parse(json(status).replaceFirst("\\{", "{\"preview_to\": [" + previewTo + "],")));
        fixture.letters.put("breach-notice", "da", letter("Kære"));
        fixture.letters.put("breach-notice", "en", letter("Dear"));
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

    private Optional<PreviewMail> mail(IntakeResult result) {
        return fixture.previewMails.find(((IntakeResult.Draft) result).run().id());
    }

    private static List<Long> rows(PreviewMail mail) {
        return mail.people().stream().map(row -> row.person().row()).toList();
    }

    @Test
    void has_the_first_letter_one_in_each_language_and_one_for_each_branch() throws IOException {
        facts("draft", "\"dpo@skole.example\", \"Leder@Skole.example\"");
        var result = (IntakeResult.Draft) fixture.take(LIST, PEOPLE);

        var mail = mail(result).orElseThrow();
        assertThat(rows(mail)).containsExactly(2L, 4L, 6L);
        assertThat(mail.to()).containsExactly("dpo@skole.example", "Leder@skole.example");
        assertThat(mail.notice().notice()).isEqualTo(new NoticeId("brud", "main"));
        assertThat(mail.notice().facts()).isEqualTo(parse(json("draft").replaceFirst("\"status\": \"draft\",", "")));
        assertThat(mail.notice().letters())
                .extracting(letter -> letter.locale())
                .containsExactly("da", "en");
        assertThat(mail).hasToString("preview mails of run " + result.run().id());
        assertThat(fixture.previewMails.messages())
                .containsExactlyElementsOf(IntStream.range(0, 3)
                        .mapToObj(letter -> new PreviewMailMessage(result.run().id(), letter))
                        .toList());
        assertThat(fixture.work.messages()).isEmpty();
        assertThat(fixture.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
    }

    @Test
    void is_not_sent_without_addresses_in_the_facts() throws IOException {
        facts("draft", "");
        assertThat(mail(fixture.take(LIST, PEOPLE))).isEmpty();
    }

    @Test
    void is_not_sent_for_an_approved_notice() throws IOException {
        facts("approved", "\"dpo@skole.example\"");
        assertThat(fixture.take(LIST, PEOPLE)).isInstanceOf(IntakeResult.Sending.class);
        assertThat(fixture.previewMails.messages()).isEmpty();
    }

    @Test
    void is_not_sent_for_a_draft_with_blocking_findings() throws IOException {
        facts("draft", "\"dpo@skole.example\"");
        fixture.accounts.forget(IntakeFixture.SENDER);
        assertThat(mail(fixture.take(LIST, PEOPLE))).isEmpty();
    }

    @Test
    void is_not_sent_to_an_address_in_the_list() throws IOException {
        facts("draft", "\"dpo@skole.example\", \"EVA@x.example\"");
        var result = (IntakeResult.Draft) fixture.take(LIST, PEOPLE);

        assertThat(mail(result).orElseThrow().to()).containsExactly("dpo@skole.example");
        var finding = Finding.at(FindingCode.PREVIEW_TO_RECIPIENT, "incident.json", 0, "preview_to[1]", 4);
        assertThat(result.findings().listed()).contains(finding);
        assertThat(finding.message(Language.ENGLISH))
                .isEqualTo(
                        "This address is also in row 4 of the list. It gets no sample letter, since that would show it"
                                + " another person's letter. Name another address, or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"åse@skole.example", "dpo"})
    void is_not_sent_to_an_invalid_address(String address) throws IOException {
        facts("draft", "\"dpo@skole.example\", \"" + address + "\"");
        var result = (IntakeResult.Draft) fixture.take(LIST, PEOPLE);

        assertThat(result.findings().listed())
                .contains(Finding.at(FindingCode.BAD_FACTS, "incident.json", 0, "preview_to[1]", "email"));
        assertThat(mail(result)).isEmpty();
    }

    @Test
    void is_sent_to_ten_addresses_at_most() throws IOException {
        var many = IntStream.range(0, 11)
                .mapToObj(i -> "\"p" + i + "@skole.example\"")
                .toList();
        facts("draft", String.join(",", many));
        var result = (IntakeResult.Draft) fixture.take(LIST, PEOPLE);

        var finding = Finding.at(FindingCode.BAD_FACTS, "incident.json", 0, "preview_to", "many", "10");
        assertThat(result.findings().listed()).contains(finding);
        assertThat(finding.message(Language.ENGLISH)).isEqualTo("There are more than 10 here. Delete some of them.");
    }

    @Test
    void is_queued_again_when_intake_crashed_before_it_recorded_the_draft_and_not_after() throws IOException {
        facts("draft", "\"dpo@skole.example\"");
        var upload = fixture.upload(LIST, PEOPLE);
        assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(upload))
                .isInstanceOf(IllegalStateException.class);
        assertThat(fixture.previewMails.messages()).hasSize(3);

        fixture.intake().take(upload);
        assertThat(fixture.previewMails.messages()).hasSize(6);
        fixture.intake().take(upload);
        assertThat(fixture.previewMails.messages()).hasSize(6);
    }
}
