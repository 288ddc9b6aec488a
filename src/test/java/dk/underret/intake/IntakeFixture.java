package dk.underret.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.underret.incident.FactsJson;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incidents;
import dk.underret.incident.Language;
import dk.underret.ledger.Ledger;
import dk.underret.letter.LetterSource;
import dk.underret.letter.Letters;
import dk.underret.run.Chunk;
import dk.underret.run.Runs;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeEvidence;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeKeys;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLists;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakePreviews;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeWork;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Intake over fakes, with an approved incident {@code brud}. */
final class IntakeFixture {
    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final String BUCKET = "uploads";
    static final String LIST = "incidents/brud/list.csv";
    static final String SENDER = "post@skole.example";

    final FakeLists lists = new FakeLists();
    final OwnLetters letters = new OwnLetters();
    final FakeKeys keys = new FakeKeys();
    final FakeIncidents incidents = new FakeIncidents();
    final FakeRuns runs = new FakeRuns();
    final FakeLedger ledger = new FakeLedger();
    final FakeChunks chunks = new FakeChunks();
    final FakeWork work = new FakeWork();
    final FakeEvidence evidence = new FakeEvidence();
    final FakePreviews previews = new FakePreviews();
    final FakePreviewMails previewMails = new FakePreviewMails();
    final FakeAccounts accounts = new FakeAccounts(SENDER);
    boolean fourEyes;
    private int sequence;

    IntakeFixture() {
        incidents.with("brud", facts("approved"));
        letters.put("breach-notice", "da", """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                Kære {{recipient.name}}
                """);
    }

    /** Returns a new Intake, which has no state of earlier invocations. */
    Intake intake() {
        return intake(runs);
    }

    /** Returns an Intake that crashes before a call to the table of runs. */
    Intake intakeThatCrashesAt(String call) {
        return intakeInterruptedAt(call, () -> {
            throw new IllegalStateException("died");
        });
    }

    /** Returns an Intake that runs {@code event} before a call to the table of runs. */
    Intake intakeInterruptedAt(String call, Runnable event) {
        return intake(interrupted(Runs.class, runs, call, event));
    }

    /** Returns an Intake that runs {@code event} before it stores facts that it found in the bucket. */
    Intake intakeInterruptedAtStore(Runnable event) {
        return intake(interrupted(Incidents.class, incidents, "store", event), runs, ledger);
    }

    private static <T> T interrupted(Class<T> port, T fake, String call, Runnable event) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) event.run();
                    return method.invoke(fake, arguments);
                }));
    }

    private Intake intake(Runs runs) {
        return intake(incidents, runs, ledger);
    }

    /** Returns an Intake over these ports and the fixture's others. */
    Intake intake(Incidents incidents, Runs runs, Ledger ledger) {
        return new Intake(
                new IntakePorts(
                        lists,
                        letters,
                        keys,
                        incidents,
                        runs,
                        ledger,
                        chunks,
                        work,
                        evidence,
                        previews,
                        previewMails,
                        accounts,
                        Clock.fixed(NOW, ZoneOffset.UTC)),
                new IntakeLimits(10_000_000, 1_000_000, Set.of(SENDER), Language.ENGLISH, Chunk.ROWS, fourEyes));
    }

    Upload upload(String key, String content) {
        return upload("AIDAEXAMPLE", key, content);
    }

    /** Uploads a file as a principal, a second after the previous upload. */
    Upload upload(String principal, String key, String content) {
        var version = lists.put(BUCKET, key, content.getBytes(UTF_8));
        var number = ++sequence;
        return new Upload(BUCKET, key, version, "%016X".formatted(number), principal, NOW.plusSeconds(number));
    }

    IntakeResult take(String key, String content) throws IOException {
        return intake().take(upload(key, content));
    }

    /** Returns complete Danish facts with this status. */
    static Map<String, Object> facts(String status) {
        return parse(json(status));
    }

    static Map<String, Object> parse(String json) {
        try {
            return FactsJson.parse(json.getBytes(UTF_8), "incident.json");
        } catch (FindingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String json(String status) {
        return """
                {
                  "title": "Brud på persondatasikkerheden på skolen",
                  "summary": "Uvedkommende har haft adgang til skolens elevregister.",
                  "language": "da",
                  "status": "%s",
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
                """.formatted(status);
    }

    /** Letters that an operator uploaded, with all their versions. */
    static final class OwnLetters implements Letters {
        private final Map<String, LetterSource> sources = new TreeMap<>();
        private final List<LetterSource> versions = new ArrayList<>();

        void put(String name, String locale, String text) {
            var source = new LetterSource(name, locale, "l" + (versions.size() + 1), text);
            sources.put(name + "/" + locale, source);
            versions.add(source);
        }

        @Override
        public Optional<LetterSource> newest(String name, String locale) {
            return Optional.ofNullable(sources.get(name + "/" + locale));
        }

        @Override
        public List<String> locales(String name) {
            return sources.values().stream()
                    .filter(source -> source.name().equals(name))
                    .map(LetterSource::locale)
                    .toList();
        }

        @Override
        public LetterSource frozen(FrozenLetter letter) {
            return versions.stream()
                    .filter(source -> source.frozen().equals(letter))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
