package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.facts;
import static dk.underret.intake.IntakeFixture.json;
import static dk.underret.intake.IntakeFixture.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.NoticeId;
import dk.underret.run.Accounts.Account;
import dk.underret.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PreviewTest {
    private static final Pattern FRAME =
            Pattern.compile("<iframe sandbox=\"\" title=\"([^\"]*)\" srcdoc=\"([^\"]*)\">");

    private static final String ANNA = "email,name\nanna@x.example,Anna\n";

    private final IntakeFixture fixture = new IntakeFixture();

    @BeforeEach
    void set_up_a_draft() {
        fixture.incidents.with("brud", facts("draft"));
    }

    private String preview(String list) {
        try {
            var upload = fixture.upload(LIST, list);
            var result = fixture.intake().take(upload);
            assertThat(result).isInstanceOf(IntakeResult.Draft.class);
            assertThat(((IntakeResult.Draft) result).run().status()).isEqualTo(RunStatus.DRAFT);
            assertThat(fixture.work.messages()).isEmpty();
            assertThat(fixture.chunks.of(upload.run())).isEmpty();
            assertThat(fixture.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
            return fixture.previews.files().get("previews/brud/main/" + upload.run() + "/index.html");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> frames(String page) {
        return FRAME.matcher(page).results().map(frame -> frame.group(1)).toList();
    }

    private static List<String> letters(String page) {
        return FRAME.matcher(page)
                .results()
                .map((MatchResult frame) -> frame.group(2)
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .toList();
    }

    private static List<String> headings(String page) {
        return Pattern.compile("<h3>(.*?)</h3>")
                .matcher(page)
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }

    private static String section(String page, String heading) {
        var start = page.indexOf("<h2>" + heading + "</h2>");
        assertThat(start).as(heading).isNotNegative();
        return page.substring(start, page.indexOf("<h2>", start + 1));
    }

    private static String cell(String page, String heading) {
        var row = Pattern.compile("<th scope=\"row\">" + Pattern.quote(heading) + "</th><td>(.*?)</td>")
                .matcher(page);
        assertThat(row.find()).as(heading).isTrue();
        return row.group(1);
    }

    @Test
    void shows_the_number_of_letters_per_language_and_the_forecast() {
        fixture.letters.put("breach-notice", "en", """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                Dear {{recipient.name}}
                """);
        var page = preview("""
                email,name,locale,do_not_write
                anna@x.example,Anna,,
                bo@x.example,Bo,en,
                bo@x.example,Bo,en,
                no,Per,,
                eva@x.example,Eva,,flyttet
                """);

        assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"da\">");
        assertThat(cell(page, "Liste")).isEqualTo("list.csv");
        assertThat(cell(page, "Personer på listen")).isEqualTo("5");
        assertThat(cell(page, "Breve")).isEqualTo("2");
        assertThat(cell(page, "Breve på dansk")).isEqualTo("1");
        assertThat(cell(page, "Breve på engelsk")).isEqualTo("1");
        assertThat(cell(page, "Rækker, som der ikke kan sendes til")).isEqualTo("1");
        assertThat(cell(page, "Rækker med personer, der også er i en tidligere række"))
                .isEqualTo("1");
        assertThat(cell(page, "Sprunget over: listen angiver, at der ikke skal skrives"))
                .isEqualTo("1");
        assertThat(cell(page, "Fra")).isEqualTo("Skolen &lt;post@skole.example&gt;");
        assertThat(cell(page, "Sidste brev (forventet)"))
                .isEqualTo("Hvis den blev sendt nu: 1. marts 2026 kl. 09.00 (dansk tid)");
    }

    @Test
    void is_titled_with_the_incidents_title() {
        assertThat(preview(ANNA))
                .contains(
                        "<title>Forhåndsvisning: Brud på persondatasikkerheden på skolen</title>",
                        "<h1>Forhåndsvisning: Brud på persondatasikkerheden på skolen</h1>");
    }

    @Test
    void shows_that_sending_starts_with_the_approval() {
        assertThat(cell(preview(ANNA), "Første brev"))
                .isEqualTo("så snart underretningen er godkendt, og listen er uploadet igen");
    }

    @Test
    void shows_the_time_before_which_nothing_is_sent() {
        fixture.incidents.with(
                "brud", parse(json("draft").replaceFirst("\\{", "{\"send_after\": \"2026-03-02T10:00\",")));
        var page = preview(ANNA);
        assertThat(cell(page, "Første brev")).isEqualTo("2. marts 2026 kl. 10.00 (dansk tid)");
        assertThat(cell(page, "Sidste brev (forventet)")).contains("2. marts 2026 kl. 10.00 (dansk tid)");
    }

    @Test
    void shows_where_replies_go() {
        assertThat(preview(ANNA)).doesNotContain("Svar går til");
        fixture.incidents.with(
                "brud", parse(json("draft").replace("{\"from\":", "{\"reply_to\": \"svar@skole.example\", \"from\":")));
        assertThat(cell(preview(ANNA), "Svar går til")).isEqualTo("svar@skole.example");
    }

    @Test
    void is_in_the_incidents_language() {
        fixture.incidents.with("brud", parse(json("draft").replace("\"language\": \"da\"", "\"language\": \"en\"")));
        assertThat(preview("email,name\nanna@x.example,Anna\n"))
                .contains("<html lang=\"en\">", "<p>This is a draft. Nothing has been sent.</p>");
    }

    @Test
    void is_one_file_without_scripts_and_external_resources() {
        var page = preview("email,name\nanna@x.example,Anna\n");
        assertThat(page)
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                .doesNotContain("<script", "<link", "<img", " src=", "url(", "@import", "<form");
        assertThat(frames(page)).containsExactly("Brev til række 2");
    }

    @Nested
    class Letters_are_shown_of {
        @Test
        void the_first_row_and_the_first_in_each_language() {
            fixture.letters.put("breach-notice", "en", """
                    Subject: {{incident.title}}
                    Covers: nature, data, consequences, measures, controller, contact

                    Dear {{recipient.name}}
                    """);
            var page = preview("""
                    email,name,locale
                    a@x.example,Anna,
                    b@x.example,Bo,
                    c@x.example,Eva,en
                    d@x.example,Ida,en
                    """);
            assertThat(headings(page))
                    .containsExactly(
                            "Række 2: det første på listen, det første på dansk, det længste navn",
                            "Række 4: det første på engelsk");
            assertThat(letters(page).get(1)).contains("<html lang=\"en\">", ">Dear Eva</p>");
        }

        @Test
        void each_branch_of_each_guard() {
            fixture.letters.put("breach-notice", "da", """
                    Subject: {{incident.title}}
                    Covers: nature, data, consequences, measures, controller, contact

                    Kære {{recipient.name}}
                    {{#if recipient.member}}Du er medlem.{{else}}Du er ikke medlem.{{/if}}
                    {{#if (eq recipient.kind "barn")}}Det gælder dit barn.{{/if}}
                    """);
            var page = preview("""
                    email,name,member,kind
                    a@x.example,Anna,ja,
                    b@x.example,Bo,ja,
                    c@x.example,Eva,nej,
                    d@x.example,Ida,,
                    e@x.example,Kai,ja,barn
                    """);
            assertThat(headings(page))
                    .containsExactly(
                            "Række 2: det første på listen, det første på dansk,"
                                    + " det første med denne udgave af teksten, det længste navn",
                            "Række 4: det første med denne udgave af teksten",
                            "Række 6: det første med denne udgave af teksten");
            assertThat(letters(page).get(1)).contains("Du er ikke medlem.");
            assertThat(letters(page).get(2)).contains("Det gælder dit barn.");
        }

        @Test
        void the_longest_name_and_the_strangest_one() {
            var page = preview("""
                    email,name
                    a@x.example,Anna
                    b@x.example,Bertha-Maria Skovgaard Østergaard
                    c@x.example,<b>Ł & "O'x"</b>
                    """);
            assertThat(headings(page))
                    .containsExactly(
                            "Række 2: det første på listen, det første på dansk",
                            "Række 3: det længste navn",
                            "Række 4: særlige tegn i navnet");
            assertThat(letters(page).get(2)).contains("Kære &lt;b&gt;Ł &amp; &quot;O'x&quot;&lt;/b&gt;");
            assertThat(page).doesNotContain("<b>");
        }

        @Test
        void the_first_of_several_longest_names() {
            assertThat(headings(preview("email,name\na@x.example,Bo\nb@x.example,Anna\nc@x.example,Sara\n")))
                    .containsExactly("Række 2: det første på listen, det første på dansk", "Række 3: det længste navn");
        }

        @Test
        void no_name_for_its_spaces_and_hyphens() {
            assertThat(headings(preview("email,name\na@x.example,Anna-Maria A. And\n")))
                    .containsExactly("Række 2: det første på listen, det første på dansk, det længste navn");
        }

        @Test
        void no_more_than_twenty_branches() {
            var kinds = IntStream.rangeClosed(1, 25)
                    .mapToObj(i -> "{{#if (eq recipient.kind \"k%d\")}}Nr. %d{{/if}}\n".formatted(i, i))
                    .collect(Collectors.joining());
            fixture.letters.put("breach-notice", "da", """
                    Subject: {{incident.title}}
                    Covers: nature, data, consequences, measures, controller, contact

                    Kære {{recipient.name}}
                    """ + kinds);
            var list = new StringBuilder("email,name,kind\n");
            for (var i = 1; i <= 25; i++) list.append("p%d@x.example,P,k%d\n".formatted(i, i));
            assertThat(frames(preview(list.toString()))).hasSize(20);
        }

        @Test
        void no_more_than_a_few_rows_of_a_long_list() {
            fixture.letters.put("breach-notice", "da", """
                    Subject: {{incident.title}}
                    Covers: nature, data, consequences, measures, controller, contact

                    Kære {{recipient.name}}{{#if (eq recipient.name recipient.name)}}.{{/if}}
                    {{#if (eq recipient.a recipient.b)}}Ens.{{/if}}
                    """);
            var list = new StringBuilder("email,name,a,b\n");
            for (var i = 0; i < 2_000; i++) list.append("p%d@x.example,P,%d,%d\n".formatted(i, i % 2, i % 3));
            assertThat(frames(preview(list.toString()))).hasSizeBetween(2, 4);
        }
    }

    @Nested
    class A_finding {
        @Test
        void is_shown_with_its_message_and_without_the_value() {
            var page = preview("email,name\nanna(at)x.example,Anna\nbo@x.example,Bo\n");
            assertThat(page)
                    .containsPattern("<strong>Stopper rækken</strong>\n<p>Det er ikke en e-mailadresse\\..*</p>\n"
                            + "<p class=\"where\">list.csv, række 2, email · BAD_ADDRESS</p>")
                    .doesNotContain("anna(at)x.example");
        }

        @Test
        void is_shown_with_the_article_for_content_that_the_law_requires() {
            fixture.incidents.with("brud", parse(json("draft").replace("\"measures\"", "\"other\"")));
            var page = preview("email,name\nanna@x.example,Anna\n");
            assertThat(page)
                    .contains("<h2>Kontrol efter databeskyttelsesforordningens artikel 33 og 34</h2>")
                    .contains(">incident.json, measures · INCOMPLETE · GDPR Art. 34(2), 33(3)(b)-(d)</p>")
                    .contains("ét problem skal rettes først");
        }

        @Test
        void is_among_those_of_the_law_or_the_other_problems() {
            fixture.incidents.with("brud", parse(json("draft").replace("\"measures\"", "\"other\"")));
            fixture.accounts.set(new Account(1, 200, 0, true, false));
            var page = preview(ANNA);
            assertThat(section(page, "Kontrol efter databeskyttelsesforordningens artikel 33 og 34"))
                    .contains("INCOMPLETE")
                    .doesNotContain("SANDBOX");
            assertThat(section(page, "Problemer med liste, oplysninger og brev"))
                    .contains("SANDBOX")
                    .doesNotContain("INCOMPLETE");
        }

        @Test
        void of_a_whole_file_names_that_file_only() {
            fixture.accounts.set(new Account(1, 200, 0, true, false));
            assertThat(preview(ANNA)).contains("<p class=\"where\">incident.json · SANDBOX</p>");
        }

        @Test
        void that_stops_the_list_marks_the_state_of_the_draft() {
            fixture.accounts.forget(IntakeFixture.SENDER);
            assertThat(preview(ANNA))
                    .contains("<div class=\"state stop\">", "ét problem skal rettes først")
                    .doesNotContain("Listen kan sendes.");
        }

        @Test
        void that_stops_a_row_or_warns_leaves_the_draft_ready() {
            fixture.accounts.set(new Account(1, 200, 0, true, false));
            assertThat(preview(ANNA + "no address,Bo\n"))
                    .contains("<div class=\"state\">", "Listen kan sendes.", "SANDBOX", "BAD_ADDRESS")
                    .doesNotContain("skal rettes først");
        }

        @Test
        void is_counted_when_there_are_more_than_a_thousand() {
            assertThat(preview(ANNA + "no address,Bo\n".repeat(1_002)))
                    .contains("<p>Og 2 mere med koden BAD_ADDRESS.</p>");
        }

        @Test
        void does_not_prevent_the_preview() {
            fixture.incidents.with("brud", parse(json("draft").replace("\"consequences\"", "\"other\"")));
            assertThat(letters(preview("email,name\nanna@x.example,Anna\n"))).hasSize(1);
        }

        @Test
        void replaces_the_letters_when_none_can_be_rendered() {
            fixture.letters.put("breach-notice", "da", "Subject: x\n\nKære {{recipient.name}} {{incident.nothing}}\n");
            var page = preview("email,name\nanna@x.example,Anna\n");
            assertThat(page).contains("Der kan ikke vises et brev, før problemerne ovenfor er rettet.", "BAD_LETTER");
            assertThat(frames(page)).isEmpty();
        }
    }

    @Test
    void shows_the_texts_for_website_and_telephone_with_their_readability() {
        var page = preview("email,name\nanna@x.example,Anna\n");
        assertThat(page).doesNotContain("Til hjemmesiden");

        fixture.letters.put("website-notice", "da", "Subject: {{incident.title}}\n\n{{incident.summary}}\n");
        fixture.letters.put("phone-script", "da", "Subject: x\n\n{{#each incident.measures}}\n- {{text}}\n{{/each}}\n");
        page = preview("email,name\nbo@x.example,Bo\n");
        assertThat(frames(page)).containsExactly("Brev til række 2", "Til hjemmesiden, dansk", "Til telefonen, dansk");
        assertThat(letters(page).get(1)).contains("Uvedkommende har haft adgang til skolens elevregister.");
        assertThat(page).contains("Læsbarhed (lix): ");
    }

    @Nested
    class The_script_for_the_telephone {
        private String script(String subject) throws IOException {
            fixture.letters.put(
                    "breach-notice",
                    "da",
                    "Subject: " + subject + "\n"
                            + "Covers: nature, data, consequences, measures, controller, contact\n\nKære {{recipient.name}}\n");
            fixture.letters.put(
                    "phone-script", "da", Files.readString(Path.of("src/main/resources/letters/phone-script/da.hbs")));
            return letters(preview("email,name\nanna@x.example,Anna\nbo@x.example,Bo\n"))
                    .getLast();
        }

        @Test
        void compares_subject_and_sender_with_those_of_the_letter() throws IOException {
            assertThat(script("Følgebrev om et databrud"))
                    .contains("Bed om emne og afsenderadresse. Vores er »Følgebrev om et databrud« fra Skolen"
                            + " &lt;post@skole.example&gt;. Passer begge, er det sandsynligvis vores. Passer én ikke,"
                            + " er det falsk: Bed dem slette det.");
        }

        @Test
        void names_nobody_where_the_subject_does() throws IOException {
            assertThat(script("Databrud, {{recipient.name}}"))
                    .contains("Bed om afsenderadressen. Vores er Skolen")
                    .doesNotContain("Anna", "Bo ", "Bed om emne");
        }

        @Test
        void never_says_whether_a_person_is_affected_and_answers_the_three_questions() throws IOException {
            assertThat(script("Databrud"))
                    .contains("<strong>Oplys ikke</strong>, om en bestemt person er berørt.")
                    .contains(">Jeg har ikke fået brev<", ">Hvorfor først nu?<", ">Mit barn<")
                    .doesNotContain("Ja, Skolen har sendt det");
        }
    }
}
