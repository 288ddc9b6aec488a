package dk.underret.pages;

import dk.underret.incident.FactsJson;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Language;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.intake.Upload;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.ShippedLetters;
import dk.underret.recipient.Recipient;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeEvidence;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeKeys;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakeLists;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakePreviews;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A letter or preview, created by the production code.
 *
 * @param name name for files and test reports
 * @param locale language of the page
 * @param html complete document
 */
record Page(String name, String locale, String html) {
    private static final Path LIST = Path.of("src/test/resources/pages/list.csv");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String SENDER = "persondata@elverhoejfriskole.example";

    /** Returns every shipped letter and text, the samples' letters, a letter with every element, and two previews. */
    static List<Page> all() {
        try {
            var komit = facts("komit");
            var least = facts(Path.of("src/test/resources/letters/least-facts.json"));
            return List.of(
                    letter("komit", source(Path.of("events/komit/da.hbs")), komit),
                    letter("bmw", source(Path.of("events/bmw/da.hbs")), facts("bmw")),
                    letter("everything", source(Path.of("src/test/resources/pages/everything.hbs")), komit),
                    letter("breach-notice-da", shipped("breach-notice", "da"), komit),
                    letter("breach-notice-en", shipped("breach-notice", "en"), komit),
                    letter("least-facts", shipped("breach-notice", "da"), least),
                    letter("website-notice-da", shipped("website-notice", "da"), komit),
                    letter("website-notice-en", shipped("website-notice", "en"), komit),
                    letter("phone-script-da", shipped("phone-script", "da"), komit),
                    letter("phone-script-en", shipped("phone-script", "en"), komit),
                    new Page("preview-da", "da", preview(changed(komit, "language", "da"))),
                    new Page("preview-en", "en", preview(incomplete(changed(komit, "language", "en")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FindingsException e) {
            throw new AssertionError(e.findings().toString(), e);
        }
    }

    private static Page letter(String name, LetterSource source, Map<String, Object> facts) throws FindingsException {
        var person = new Recipient(
                2, Map.of("email", "aase@post.example", "name", "Åse \"Mums\" <Lund> & Søn", "reminder", "yes"));
        var letter = LetterTemplate.compile(source).prepare(facts).render(person);
        return new Page(name, source.locale(), letter.html());
    }

    private static LetterSource source(Path file) throws IOException {
        return new LetterSource("own", "da", "v1", Files.readString(file));
    }

    private static LetterSource shipped(String name, String locale) {
        return new ShippedLetters().newest(name, locale).orElseThrow();
    }

    private static Map<String, Object> facts(String sample) throws IOException, FindingsException {
        return facts(Path.of("events", sample, "incident.json"));
    }

    private static Map<String, Object> facts(Path file) throws IOException, FindingsException {
        return FactsJson.parse(Files.readAllBytes(file), "incident.json");
    }

    private static Map<String, Object> changed(Map<String, Object> facts, String name, String value) {
        var changed = new LinkedHashMap<>(facts);
        changed.putAll(Map.of("status", "draft", "letter", "breach-notice"));
        changed.put(name, value);
        return changed;
    }

    /** Removes facts, so that the preview shows findings that block the list and others that don't. */
    private static Map<String, Object> incomplete(Map<String, Object> facts) {
        var left = new LinkedHashMap<>(facts);
        left.keySet().removeAll(Set.of("measures", "verify", "authorities"));
        return left;
    }

    /** Returns the preview that Intake creates for a draft. */
    private static String preview(Map<String, Object> facts) throws IOException {
        var lists = new FakeLists();
        var previews = new FakePreviews();
        var letters = new FakeLetters();
        for (var name : List.of("breach-notice", "website-notice", "phone-script"))
            for (var locale : List.of("da", "en"))
                letters.with(name, locale, shipped(name, locale).text());
        var ports = new IntakePorts(
                lists,
                letters,
                new FakeKeys(),
                new FakeIncidents().with("multimail", facts),
                new FakeRuns(),
                new FakeLedger(),
                new FakeChunks(),
                new FakeWork(),
                new FakeEvidence(),
                previews,
                new FakePreviewMails(),
                new FakeAccounts(SENDER),
                Clock.fixed(NOW, ZoneOffset.UTC));
        var key = "incidents/multimail/list.csv";
        var version = lists.put("uploads", key, Files.readAllBytes(LIST));
        new Intake(ports, new IntakeLimits(10_000_000, 1_000, Set.of(SENDER), Language.ENGLISH))
                .take(new Upload("uploads", key, version, "1", "AIDAEXAMPLE", NOW));
        return previews.files().values().iterator().next();
    }

    /** Returns the name, which test reports show. */
    @Override
    public String toString() {
        return name;
    }
}
