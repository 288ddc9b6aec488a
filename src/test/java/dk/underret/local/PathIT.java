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

/** Sends lists from upload to letter, with the functions in separate processes. */
class PathIT {
    @TempDir
    private static Path folder;

    private static UploadDriver driver;

    @BeforeAll
    static void start() throws Exception {
        driver = UploadDriver.start(folder, parameters -> parameters);
    }

    @AfterAll
    static void stop() throws Exception {
        driver.close();
    }

    /** Returns a sample's list with all addresses at one domain, by which a test finds its letters. */
    private static String list(String sample, String domain) throws IOException {
        return Files.readString(Path.of("events", sample, "list.csv")).replaceAll("@[^,;\"\\s]+", "@" + domain);
    }

    private static String source(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/letters", name));
    }

    private static void assertContains(Journal.Message message, String part) {
        assertThat(words(message.text())).contains(words(part));
        assertThat(words(textOf(message.html()))).contains(words(part));
    }

    @Test
    void sends_komits_letter_word_for_word_to_everyone_on_the_list() throws Exception {
        driver.incident("komit", "komit", Map.of());
        var result = driver.send("komit", list("komit", "komit.example"));

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 10 rows = 10 delivered");
        var source = source("komit-multimail.txt");
        assertThat(driver.letters("komit.example")).hasSize(10).allSatisfy(message -> {
            assertContains(message, between(source, "Vores IT-leverandør", "(Her skriver"));
            assertContains(message, between(source, "Komit skriver om hackerangrebet", "[Indsæt afsender info]"));
            assertThat(message.text() + message.html()).doesNotContain("____", "Indsæt", "Her skriver", "{{");
        });
    }

    @Test
    void sends_bmws_letter_to_everyone_and_its_invoice_section_only_to_people_with_a_reminder() throws Exception {
        driver.incident("bmw", "bmw", Map.of());
        var result = driver.send("bmw", list("bmw", "bmw.example"));

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 8 rows = 8 delivered");
        var source = source("bmw-tietoevry.txt");
        var invoices = between(source, "Vigtig info vedrørende fakturering", "Vi beklager meget ulejligheden");
        var letters = driver.letters("bmw.example");
        assertThat(letters)
                .hasSize(8)
                .allSatisfy(message -> assertContains(
                        message, between(source, "Som kommunikeret", "Vigtig info vedrørende fakturering")));
        assertThat(letters.stream().filter(message -> words(message.text()).contains(words(invoices))))
                .hasSize(3)
                .allSatisfy(message -> assertContains(message, invoices));
    }

    @ParameterizedTest
    @CsvSource({"da, Hvad er der sket?", "en, What happened?"})
    void sends_the_shipped_letter_in_the_notices_language(String locale, String heading) throws Exception {
        driver.incident("shipped-" + locale, "komit", Map.of("letter", "breach-notice", "language", locale));
        var result = driver.send("shipped-" + locale, list("komit", locale + ".example"));

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 10 rows = 10 delivered");
        assertThat(driver.letters(locale + ".example"))
                .hasSize(10)
                .allSatisfy(message -> assertContains(message, heading))
                .allSatisfy(message -> assertThat(message.html()).contains("lang=\"" + locale + "\""));
    }

    @Test
    void sends_2000_letters_once_and_none_when_the_same_list_is_uploaded_again() throws Exception {
        driver.incident("many", "komit", Map.of("letter", "breach-notice"));
        var list = UploadDriver.people("many.example", 0, 2_000) + "not-an-address,Bo Prøve\n";
        var first = driver.send("many", list);

        assertThat(first.status() + ": " + first.totals()).isEqualTo("settled: 2001 rows = 2000 delivered + 1 invalid");
        assertThat(first.finding("BAD_ADDRESS")).contains("2002 email");
        assertOnce("many.example", 2_000);
        var records = driver.records("many");

        var again = driver.send("many", list);
        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(again.status()).isEqualTo("settled");
        assertThat(again.report().totals().outcomes()).containsEntry("duplicate", 2_000L);
        assertThat(again.report().sent()).isFalse();
        assertOnce("many.example", 2_000);
        assertThat(driver.records("many"))
                .filteredOn(send -> "DELIVERED".equals(send.get("status")))
                .containsExactlyElementsOf(records.stream()
                        .filter(send -> "DELIVERED".equals(send.get("status")))
                        .toList());
    }

    @Test
    void continues_the_same_run_when_its_event_is_delivered_twice() throws Exception {
        driver.incident("twice", "komit", Map.of("letter", "breach-notice"));
        var version = new String[1];
        driver.aws().onWrite(change -> {
            if (change.version().key().startsWith("incidents/twice/"))
                driver.aws().deliver(S3Notification.of(change));
        });
        version[0] = driver.upload("twice", UploadDriver.people("twice.example", 0, 600));
        var result = driver.await(version[0]);

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 600 rows = 600 delivered");
        assertOnce("twice.example", 600);
        assertThat(new ProgressWatch(driver.aws(), java.time.Duration.ofSeconds(1))
                        .runs().stream().filter(run -> "twice".equals(run.get("incident"))))
                .hasSize(1);
    }

    @Test
    void sends_nothing_for_a_refused_list() throws Exception {
        driver.incident("refused", "komit", Map.of("letter", "breach-notice"));
        var result = driver.send("refused", "email,name\na@refused.example,\"Bo\n");

        assertThat(result.status()).isEqualTo("refused");
        assertThat(result.finding("UNCLOSED_QUOTE")).contains("2 ");
        assertThat(driver.letters("refused.example")).isEmpty();
        assertThat(driver.records("refused")).isEmpty();
    }

    @Test
    void checks_a_draft_in_full_and_sends_nothing() throws Exception {
        driver.incident("draft", "komit", Map.of("letter", "breach-notice", "status", "draft", "title", "[Indsæt]"));
        var result = driver.send("draft", "email,name\na@draft.example,Bo\nno-address,Bo\n");

        assertThat(result.status()).isEqualTo("draft");
        assertThat(result.report().findings()).extracting(ResultFinding::code).contains("PLACEHOLDER", "BAD_ADDRESS");
        assertThat(driver.letters("draft.example")).isEmpty();
        assertThat(driver.records("draft")).isEmpty();
    }

    private static void assertOnce(String domain, int letters) throws IOException {
        List<String> to = driver.letters(domain).stream()
                .map(message -> message.to().getFirst())
                .toList();
        assertThat(to).hasSize(letters).doesNotHaveDuplicates();
    }
}
