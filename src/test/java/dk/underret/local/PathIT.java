package dk.underret.local;

import static dk.underret.testing.LetterWords.between;
import static dk.underret.testing.LetterWords.textOf;
import static dk.underret.testing.LetterWords.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list's whole way, through functions in processes of their own. */
class PathIT {
    @TempDir
    private static Path folder;

    private static UploadDriver courier;

    @BeforeAll
    static void start() throws Exception {
        courier = UploadDriver.start(folder, parameters -> parameters);
    }

    @AfterAll
    static void stop() throws Exception {
        courier.close();
    }

    /** A sample's list with all its mailboxes at one domain, by which a test finds its letters. */
    private static String list(String sample, String domain) throws IOException {
        return Files.readString(Path.of("events", sample, "list.csv")).replaceAll("@[^,;\"\\s]+", "@" + domain);
    }

    private static String source(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/letters", name));
    }

    private static void says(Journal.Message message, String part) {
        assertThat(words(message.text())).contains(words(part));
        assertThat(words(textOf(message.html()))).contains(words(part));
    }

    @Test
    void tells_everyone_of_komits_list_in_the_words_of_its_source() throws Exception {
        courier.incident("komit", "komit", Map.of());
        var trip = courier.send("komit", list("komit", "komit.example"));

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 10 rows = 10 delivered");
        var source = source("komit-multimail.txt");
        assertThat(courier.letters("komit.example")).hasSize(10).allSatisfy(message -> {
            says(message, between(source, "Vores IT-leverandør", "(Her skriver"));
            says(message, between(source, "Komit skriver om hackerangrebet", "[Indsæt afsender info]"));
            assertThat(message.text() + message.html()).doesNotContain("____", "Indsæt", "Her skriver", "{{");
        });
    }

    @Test
    void tells_everyone_of_bmws_list_and_of_invoices_those_who_had_a_reminder() throws Exception {
        courier.incident("bmw", "bmw", Map.of());
        var trip = courier.send("bmw", list("bmw", "bmw.example"));

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 8 rows = 8 delivered");
        var source = source("bmw-tietoevry.txt");
        var invoices = between(source, "Vigtig info vedrørende fakturering", "Vi beklager meget ulejligheden");
        var letters = courier.letters("bmw.example");
        assertThat(letters)
                .hasSize(8)
                .allSatisfy(message ->
                        says(message, between(source, "Som kommunikeret", "Vigtig info vedrørende fakturering")));
        assertThat(letters.stream().filter(message -> words(message.text()).contains(words(invoices))))
                .hasSize(3)
                .allSatisfy(message -> says(message, invoices));
    }

    @ParameterizedTest
    @CsvSource({"da, Hvad er der sket?", "en, What happened?"})
    void sends_the_shipped_letter_in_the_notices_language(String locale, String heading) throws Exception {
        courier.incident("shipped-" + locale, "komit", Map.of("letter", "breach-notice", "language", locale));
        var trip = courier.send("shipped-" + locale, list("komit", locale + ".example"));

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 10 rows = 10 delivered");
        assertThat(courier.letters(locale + ".example"))
                .hasSize(10)
                .allSatisfy(message -> says(message, heading))
                .allSatisfy(message -> assertThat(message.html()).contains("lang=\"" + locale + "\""));
    }

    @Test
    void tells_2000_people_once_and_nobody_when_the_same_list_comes_again() throws Exception {
        courier.incident("many", "komit", Map.of("letter", "breach-notice"));
        var list = UploadDriver.people("many.example", 0, 2_000) + "not-an-address,Bo Prøve\n";
        var first = courier.send("many", list);

        assertThat(first.status() + ": " + first.totals()).isEqualTo("settled: 2001 rows = 2000 delivered + 1 invalid");
        assertThat(first.finding("BAD_ADDRESS")).contains("2002 email");
        assertOnce("many.example", 2_000);
        var records = courier.records("many");

        var again = courier.send("many", list);
        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(again.status()).isEqualTo("settled");
        assertThat(again.report().totals().outcomes()).containsEntry("duplicate", 2_000L);
        assertThat(again.report().sent()).isFalse();
        assertOnce("many.example", 2_000);
        assertThat(courier.records("many"))
                .filteredOn(send -> "DELIVERED".equals(send.get("status")))
                .containsExactlyElementsOf(records.stream()
                        .filter(send -> "DELIVERED".equals(send.get("status")))
                        .toList());
    }

    @Test
    void continues_the_same_run_when_its_event_comes_twice() throws Exception {
        courier.incident("twice", "komit", Map.of("letter", "breach-notice"));
        var version = new String[1];
        courier.aws().onWrite(change -> {
            if (change.version().key().startsWith("incidents/twice/"))
                courier.aws().deliver(S3Notification.of(change));
        });
        version[0] = courier.upload("twice", UploadDriver.people("twice.example", 0, 600));
        var trip = courier.await(version[0]);

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 600 rows = 600 delivered");
        assertOnce("twice.example", 600);
        assertThat(new ProgressWatch(courier.aws(), java.time.Duration.ofSeconds(1))
                        .runs().stream().filter(run -> "twice".equals(run.get("incident"))))
                .hasSize(1);
    }

    @Test
    void sends_nothing_of_a_list_that_is_refused() throws Exception {
        courier.incident("refused", "komit", Map.of("letter", "breach-notice"));
        var trip = courier.send("refused", "email,name\na@refused.example,\"Bo\n");

        assertThat(trip.status()).isEqualTo("refused");
        assertThat(trip.finding("UNCLOSED_QUOTE")).contains("2 ");
        assertThat(courier.letters("refused.example")).isEmpty();
        assertThat(courier.records("refused")).isEmpty();
    }

    @Test
    void checks_a_draft_in_full_and_sends_nothing() throws Exception {
        courier.incident("draft", "komit", Map.of("letter", "breach-notice", "status", "draft", "title", "[Indsæt]"));
        var trip = courier.send("draft", "email,name\na@draft.example,Bo\nno-address,Bo\n");

        assertThat(trip.status()).isEqualTo("draft");
        assertThat(trip.report().findings()).extracting(ResultFinding::code).contains("PLACEHOLDER", "BAD_ADDRESS");
        assertThat(courier.letters("draft.example")).isEmpty();
        assertThat(courier.records("draft")).isEmpty();
    }

    private static void assertOnce(String domain, int letters) throws IOException {
        List<String> to = courier.letters(domain).stream()
                .map(message -> message.to().getFirst())
                .toList();
        assertThat(to).hasSize(letters).doesNotHaveDuplicates();
    }
}
