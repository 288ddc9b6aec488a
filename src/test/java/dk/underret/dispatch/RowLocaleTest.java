package dk.underret.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FactsJson;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Language;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.intake.IntakeResult;
import dk.underret.intake.Upload;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeEvidence;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeKeys;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakeLists;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakePreviews;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.FakeWork;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows one row from the list to SES: the letter that Intake checks is the letter that Dispatch sends. */
class RowLocaleTest {
    private static final Instant NOW = FakeTimeSource.START;
    private static final String SENDER = "post@skole.example";
    private static final String HEADER = "Covers: nature, data, consequences, measures, controller, contact\n\n";

    private final FakeLists lists = new FakeLists();
    private final FakeIncidents incidents = new FakeIncidents();
    private final FakeRuns runs = new FakeRuns();
    private final FakeLedger ledger = new FakeLedger();
    private final FakeChunks chunks = new FakeChunks();
    private final FakeWork work = new FakeWork();
    private final FakeAccounts accounts = new FakeAccounts(SENDER);
    private final FakeMailer mailer = new FakeMailer();
    private final FakeLetters letters =
            new FakeLetters().with("brev", "da", "Subject: Dansk brev\n" + HEADER + "Kære\n");

    private void facts(boolean fallback) throws FindingsException {
        var json = """
                {
                  "title": "Brud på persondatasikkerheden på skolen",
                  "summary": "Uvedkommende har haft adgang til skolens elevregister.",
                  "language": "da",
                  "letter": "brev",
                  "locale_fallback": %s,
                  "status": "approved",
                  "approved_by": "Rektor",
                  "sender": {"from": "Skolen <post@skole.example>"},
                  "controller": {"name": "Skolen", "email": "post@skole.example", "phone": "+45 55 55 01 01"},
                  "discovered_at": "2026-02-20",
                  "affected_data": [{"items": ["navn", "adresse"]}],
                  "consequences": ["Du kan få opkald fra svindlere."],
                  "measures": [{"by": "Skolen", "text": "Adgangen er lukket."}],
                  "recommendations": {"items": ["Giv ingen oplysninger i telefonen."]},
                  "authorities": [{"name": "Datatilsynet"}],
                  "verify": {"website": "skole.example/brud"}
                }
                """.formatted(fallback);
        incidents.with("brud", FactsJson.parse(json.getBytes(UTF_8), "incident.json"));
    }

    private IntakeResult.Sending take(String list) throws IOException {
        var result = intake(list);
        assertThat(result).isInstanceOf(IntakeResult.Sending.class);
        return (IntakeResult.Sending) result;
    }

    private IntakeResult intake(String list) throws IOException {
        var key = "incidents/brud/list.csv";
        var version = lists.put("uploads", key, list.getBytes(UTF_8));
        var ports = new IntakePorts(
                lists,
                letters,
                new FakeKeys(),
                incidents,
                runs,
                ledger,
                chunks,
                work,
                new FakeEvidence(),
                new FakePreviews(),
                new FakePreviewMails(),
                accounts,
                Clock.fixed(NOW, ZoneOffset.UTC));
        return new Intake(ports, new IntakeLimits(10_000_000, 1_000_000, Set.of(SENDER), Language.ENGLISH))
                .take(new Upload("uploads", key, version, "01", "AIDAEXAMPLE", NOW));
    }

    private void dispatch() {
        var ports = new DispatchPorts(incidents, letters, runs, chunks, ledger, work, mailer, accounts);
        new Dispatcher(ports, new DispatchLimits(1, Duration.ofMinutes(15)), new FakeTimeSource())
                .dispatch(work.messages().getFirst(), Duration.ofMinutes(10));
    }

    @ParameterizedTest(name = "{1} beside {0}, fallback {2}: {3}")
    @CsvSource({
        "en-GB, en-GB, false, en-GB",
        "en-GB, en-GB, true,  en-GB",
        "en-GB, en-gb, false, en-GB",
        "en-GB, EN-gb, true,  en-GB",
        "en,    en,    true,  en",
        "en,    EN,    false, en",
        "en,    En,    true,  en",
        "en,    DA,    false, da",
        "en,    '',    false, da",
        "en,    fr,    true,  da",
        "en,    en-GB, false, en",
        "en,    en_GB, true,  en",
        "en-GB, en_GB, false, en-GB",
        "en-GB, en,    true,  da",
    })
    void a_row_gets_the_letter_of_its_locale_however_it_is_written(
            String own, String row, boolean fallback, String sent) throws Exception {
        facts(fallback);
        letters.with("brev", own, "Subject: Letter in " + own + "\n" + HEADER + "Dear\n");

        var run = take("email,name,locale\nanna@x.example,Anna," + row + "\n").run();
        dispatch();

        assertThat(mailer.posted())
                .extracting(message -> message.letter().subject())
                .containsExactly(sent.equals("da") ? "Dansk brev" : "Letter in " + sent);
        assertThat(run.findings()).doesNotContainKey(FindingCode.NO_LETTER_FOR_LOCALE);
        assertThat(ledger.records().values())
                .extracting(sendRecord -> sendRecord
                        .attempts()
                        .getLast()
                        .letter()
                        .orElseThrow()
                        .version()
                        .locale())
                .containsExactly(sent);
    }

    @ParameterizedTest
    @CsvSource({"en, true", "EN, true", "En, false"})
    void a_row_is_checked_against_the_letter_that_it_gets(String row, boolean fallback) throws Exception {
        facts(fallback);
        letters.with("brev", "en", "Subject: Letter\n" + HEADER + "Dear {{recipient.name}}\n");

        var result = take("email,name,locale\nanna@x.example,Anna," + row + "\nbo@x.example,," + row + "\n");
        dispatch();

        assertThat(result.findings().counts()).containsEntry(FindingCode.MISSING_VALUE, 1L);
        assertThat(mailer.posted())
                .extracting(message -> message.letter().text().strip())
                .containsExactly("Dear Anna");
    }

    @Test
    void a_row_whose_locale_has_no_letter_is_not_sent() throws Exception {
        facts(false);

        var result = take("email,name,locale\nanna@x.example,Anna,fr\nbo@x.example,Bo,sv-SE\n");
        dispatch();

        assertThat(result.findings().counts()).containsEntry(FindingCode.NO_LETTER_FOR_LOCALE, 2L);
        assertThat(mailer.posted()).isEmpty();
    }

    @Test
    void a_letter_that_prints_a_fact_which_is_not_frozen_is_refused() throws Exception {
        facts(false);
        letters.with("brev", "da", "Subject: Brev\n" + HEADER + "Godkendt af {{incident.approved_by}}\n");

        assertThat(intake("email,name\nanna@x.example,Anna\n"))
                .isInstanceOfSatisfying(
                        IntakeResult.Refused.class,
                        r -> assertThat(r.findings().counts()).containsKey(FindingCode.BAD_LETTER));
    }
}
