package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.facts;
import static dk.underret.intake.IntakeFixture.json;
import static dk.underret.intake.IntakeFixture.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.NoticeId;
import dk.underret.run.Accounts.Account;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Tests the complete {@code problems.csv} for each finding about a whole upload. */
class RefusedUploadsTest {
    private static final String TWO = "email,name\nanna@x.example,Anna\nbo@x.example,Bo\n";

    private final IntakeFixture fixture = new IntakeFixture();

    private void assertProblems(String key, String list, String problems) throws IOException {
        var result = fixture.take(key, list);
        var run =
                result instanceof IntakeResult.Refused refused ? refused.run() : ((IntakeResult.Sending) result).run();
        var folder = run.incident().isEmpty() ? "" : run.incident() + "/";
        assertThat(fixture.evidence.files().get(folder + run.id() + "/problems.csv"))
                .isEqualTo("code,row,column,message\n" + problems + "\n");
    }

    @Test
    void a_list_in_a_folder_without_facts() throws IOException {
        assertProblems(
                "incidents/brand/list.csv",
                TWO,
                "UNKNOWN_INCIDENT,0,,\"There are no facts yet for this incident or this notice. Check the name of the "
                        + "folder, upload incident.json, then upload the list again.\"");
    }

    @Test
    void a_file_with_an_unknown_key() throws IOException {
        assertProblems(
                "incidents/brud/list.txt",
                TWO,
                "BAD_KEY,0,,\"The file was uploaded to a folder that Underret does not use, or has a wrong name. "
                        + "Upload a list to the folder of the incident, with a name that ends in .csv, such as "
                        + "incidents/break-in/list.csv. The folder's name may contain only small letters a-z, "
                        + "digits and hyphens.\"");
    }

    @Test
    void a_list_of_a_closed_notice() throws IOException {
        fixture.incidents.with("brud", facts("closed"));
        assertProblems(
                LIST,
                TWO,
                "CLOSED,0,,\"Denne underretning er afsluttet, så intet er sendt. Skal flere have besked, så opret "
                        + "en ny underretning.\"");
    }

    @Test
    void a_list_after_the_facts_were_changed() throws IOException {
        fixture.take(LIST, TWO);
        fixture.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));
        assertProblems(
                "incidents/brud/more.csv",
                TWO,
                "FROZEN,0,,\"Der er allerede sendt breve i denne underretning, og oplysningerne eller brevet er "
                        + "ændret siden. Alle skal have det samme brev, så intet er sendt. Gendan oplysningerne "
                        + "og brevet, som de var, eller opret en ny underretning.\"");
    }

    @Test
    void a_list_that_takes_longer_than_it_is_kept() throws IOException {
        fixture.accounts.set(new Account(1, 1, 0, true, true));
        var list = new StringBuilder("email,name\n");
        for (var i = 0; i < 20; i++) list.append("p").append(i).append("@x.example,P\n");
        assertProblems(
                LIST,
                list.toString(),
                "TOO_SLOW,0,,\"Amazons grænse for kontoen eller \"\"max_per_hour\"\" i oplysningerne er for lav til, at "
                        + "alle kan få brevet, før listen slettes. Bed AWS om en højere grænse, eller sæt "
                        + "\"\"max_per_hour\"\" op, og upload derefter listen igen.\"");
    }

    @Test
    void a_list_with_another_identity_scheme() throws IOException {
        fixture.letters.put("breach-notice", "da", """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                Kære {{recipient.name}}{{#if recipient.about}} om {{recipient.about}}{{/if}}
                """);
        fixture.take(LIST, TWO);
        assertProblems(
                "incidents/brud/more.csv",
                "email,name,about\ncarl@x.example,Carl,Ida\n",
                "IDENTITY_CHANGED,0,,\"En tidligere liste i denne underretning skelnede mellem personer ud fra "
                        + "email, name; denne bruger email, name, about. Nogen kunne få brevet to gange. Brug de samme "
                        + "kolonner som i den tidligere liste.\"");
    }

    @Test
    void a_list_of_decisions_before_anything_was_sent() throws IOException {
        assertProblems(
                "incidents/brud/main/resend/list.csv",
                TWO,
                "NOTHING_SENT,0,,\"Der er endnu ikke sendt breve i denne underretning, så der er intet at "
                        + "tage stilling til. Upload listen i underretningens egen mappe.\"");
    }

    @Test
    void a_list_whose_earlier_notice_has_sent_nothing() throws IOException {
        fixture.incidents.with(new NoticeId("brud", "igen"), parse("{\"told_by\": \"forst\"}"));
        assertProblems(
                "incidents/brud/igen/list.csv",
                TWO,
                "NO_EARLIER_NOTICE,0,told_by,\"Der er ikke sendt nogen liste under underretningen "
                        + "\"\"forst\"\", som denne henviser til. Ret navnet, eller send den underretning først.\"");
    }

    @Test
    void a_sender_that_this_deployment_does_not_have() throws IOException {
        fixture.incidents.with("brud", parse(json("approved").replace("<post@skole", "<brev@skole")));
        assertProblems(
                LIST,
                TWO,
                "SENDER_NOT_VERIFIED,0,sender.from,\"Denne installation må ikke sende fra afsenderens adresse. "
                        + "Tilføj adressen til parameteren SenderAddresses, eller ret afsenderen. Upload derefter listen igen.\"");
    }

    @Test
    void a_sender_that_ses_does_not_know() throws IOException {
        fixture.accounts.forget(IntakeFixture.SENDER);
        assertProblems(
                LIST,
                TWO,
                "SENDER_NOT_VERIFIED,0,sender.from,\"Amazons mailtjeneste (SES) har ikke bekræftet afsenderen. "
                        + "Bekræft domænet i SES, og upload listen igen.\"");
    }

    @Test
    void an_account_in_the_sandbox() throws IOException {
        fixture.accounts.set(new Account(1, 200, 0, true, false));
        assertProblems(
                LIST,
                TWO,
                "SANDBOX,0,,\"Amazon SES er i testtilstand: højst 200 breve i døgnet, kun til bekræftede adresser. "
                        + "Bed AWS om \"\"production access\"\" først.\"");
    }

    @Test
    void a_list_without_a_column_that_its_letter_prints() throws IOException {
        fixture.letters.put("breach-notice", "da", """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                Kære {{recipient.name}} i {{recipient.group}}
                """);
        assertProblems(
                LIST,
                TWO,
                "MISSING_COLUMN,1,group,\"Listen mangler kolonnen \"\"group\"\". Kolonnernes navne skal være i første række. "
                        + "Disse blev fundet: email, name. Tilføj kolonnen, eller ret dens navn.\"");
    }

    @Test
    void a_letter_that_does_not_exist() throws IOException {
        fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"letter\": \"own\",")));
        assertProblems(
                LIST,
                TWO,
                "NO_LETTER,0,,\"Brevet \"\"own\"\" findes ikke på sproget \"\"da\"\". Upload det som "
                        + "letters/own/da.hbs, eller vælg et andet brev eller sprog i oplysningerne.\"");
    }

    @Test
    void another_number_of_people_than_in_the_facts() throws IOException {
        fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"affected_count\": 3,")));
        assertProblems(
                LIST,
                TWO,
                "COUNT_DIFFERS,0,affected_count,\"Ifølge oplysningerne er 3 personer berørt, men listen "
                        + "har 2. Find ud af, hvem der mangler, eller ret tallet.\"");
    }
}
