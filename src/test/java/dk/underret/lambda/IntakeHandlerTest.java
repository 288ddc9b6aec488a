package dk.underret.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dk.underret.incident.FactsJson;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Language;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.letter.LetterSource;
import dk.underret.letter.Letters;
import dk.underret.recipient.Lists;
import dk.underret.run.Run;
import dk.underret.run.RunId;
import dk.underret.run.RunStatus;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeEvidence;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeKeys;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakePreviews;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeWork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeHandlerTest {
    private static final String BUCKET = "underret-uploads-example";
    private static final String KEY = "incidents/komit/liste med æ.csv";
    private static final String VERSION = "096fKKXTRTtl3on89fVO.nfljtsv6qko";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);

    private final List<String> opened = new ArrayList<>();
    private final FakeRuns runs = new FakeRuns();
    private final FakeChunks chunks = new FakeChunks();
    private final FakeWork work = new FakeWork();
    private final FakeEvidence evidence = new FakeEvidence();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private String list = "email,name\ncanary@hidden.example,Canary Hiddensen\nno address,Canary Two\n";

    private IntakeHandler handler() {
        try (var facts = IntakeHandlerTest.class.getResourceAsStream("/events/komit/incident.json")) {
            var incidents = new FakeIncidents().with("komit", FactsJson.parse(facts.readAllBytes(), "incident.json"));
            var peers = new IntakePorts(
                    this::open,
                    new KomitLetter(),
                    new FakeKeys(),
                    incidents,
                    runs,
                    new FakeLedger(),
                    chunks,
                    work,
                    evidence,
                    new FakePreviews(),
                    new FakePreviewMails(),
                    new FakeAccounts("persondata@elverhoejfriskole.example"),
                    CLOCK);
            var senders = Set.of("persondata@elverhoejfriskole.example");
            var limits = new IntakeLimits(1_000_000, 1_000, senders, Language.ENGLISH);
            return new IntakeHandler(
                    new Intake(peers, limits), BUCKET, new Log(new PrintStream(written, true, UTF_8), CLOCK));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Lists.UploadedFile> open(String bucket, String key, Optional<String> version) {
        if (version.isEmpty()) return Optional.empty();
        opened.add(bucket + " " + key + " " + version.get());
        return Optional.of(
                new Lists.UploadedFile(version.get(), list.length(), new ByteArrayInputStream(list.getBytes(UTF_8))));
    }

    private static String recorded(String name) {
        try (var in = IntakeHandlerTest.class.getResourceAsStream("/events/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deserializes an event like Lambda's runtime. */
    private static S3Event event(String json) {
        return LambdaEventSerializers.serializerFor(S3Event.class, IntakeHandlerTest.class.getClassLoader())
                .fromJson(json);
    }

    private String log() {
        return written.toString(UTF_8);
    }

    @Test
    void takes_in_the_recorded_upload_by_its_decoded_key_and_its_version() {
        handler().handleRequest(event(recorded("s3-put.json")), null);

        assertThat(opened).containsExactly(BUCKET + " " + KEY + " " + VERSION);
        assertThat(runs.runs()).hasSize(1);
        var run = runs.runs().getFirst();
        assertThat(run.id()).isEqualTo(RunId.of(BUCKET, KEY, VERSION));
        assertThat(run.status()).isEqualTo(RunStatus.SENDING);
        assertThat(run.list())
                .isEqualTo(new Run.ListVersion(BUCKET, KEY, VERSION, run.list().sha256(), "AWS:AIDAEXAMPLE7PRINCIPAL"));
        assertThat(log()).contains("\"event\":\"run_enqueued\",\"run\":\"" + run.id() + "\"");
    }

    @Test
    void passes_over_the_event_that_s3_sends_on_set_up() {
        handler().handleRequest(event(recorded("s3-test-event.json")), null);

        assertThat(opened).isEmpty();
        assertThat(log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ObjectCreated:Put, ObjectRemoved:Delete",
        "ObjectCreated:Put, ObjectRemoved:DeleteMarkerCreated",
        "underret-uploads-example, another-bucket"
    })
    void passes_over_deleted_objects_and_other_buckets(String recorded, String other) {
        handler().handleRequest(event(recorded("s3-put.json").replace(recorded, other)), null);

        assertThat(opened).isEmpty();
        assertThat(runs.runs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"for%C3%A6ldre+%2B+b%C3%B8rn, forældre + børn", "a%CC%8Ase, a\u030ase", "%F0%9F%98%80%20100%25, 😀 100%"
    })
    void reads_a_key_as_s3_writes_it(String written, String name) {
        handler().handleRequest(event(recorded("s3-put.json").replace("liste+med+%C3%A6", written)), null);

        assertThat(opened).containsExactly(BUCKET + " incidents/komit/" + name + ".csv " + VERSION);
    }

    @ParameterizedTest
    @CsvSource({"../list", "..%2Flist", "%2e%2e/list", "%252e%252e/list", "%252E%252E%252Flist", "a%00b", "a%0Ab"})
    void refuses_a_key_that_climbs_or_hides_what_it_names(String written) {
        handler().handleRequest(event(recorded("s3-put.json").replace("liste+med+%C3%A6", written)), null);

        assertThat(opened).isEmpty();
        assertThat(runs.runs()).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.REFUSED);
            assertThat(run.findings()).containsExactly(Map.entry(FindingCode.BAD_KEY, 1L));
        });
    }

    @Test
    void answers_every_record_of_an_event_although_one_fails() {
        var first = recorded("s3-put.json").replaceFirst("(?s).*\"Records\": \\[(.*)]\\s*}\\s*", "$1");
        var second = first.replace("liste+med+%C3%A6", "two");
        work.failAtMessage(1);

        assertThatThrownBy(() -> handler().handleRequest(event("{\"Records\": [" + first + "," + second + "]}"), null))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessage("intake of run " + RunId.of(BUCKET, KEY, VERSION) + " failed: IllegalStateException");
        assertThat(runs.runs()).extracting(Run::status).containsExactly(RunStatus.PLANNED, RunStatus.SENDING);
    }

    @Test
    void lets_no_name_or_address_into_log_queue_or_run() {
        list = "email,name\ncanary@hidden.example,Canary Hiddensen\ncanary@hidden.example,Canary Hiddensen\n\"Canary";
        handler().handleRequest(event(recorded("s3-put.json")), null);
        list = "canary@hidden.example,Canary Hiddensen\ncanary2@hidden.example,Canary Two\n";
        handler().handleRequest(event(recorded("s3-put.json").replace("096f", "097f")), null);
        list = "email,name\ncanary@hidden.example,Canary Hiddensen\ncanary hidden,Canary Two\n";
        handler().handleRequest(event(recorded("s3-put.json").replace("096f", "098f")), null);

        assertThat(runs.runs())
                .extracting(Run::status)
                .containsExactly(RunStatus.REFUSED, RunStatus.REFUSED, RunStatus.SENDING);
        assertThat(log() + work.messages() + runs.runs()).doesNotContainIgnoringCase("canary", "hidden");
    }

    private static final class KomitLetter implements Letters {
        private static final LetterSource SOURCE = new LetterSource("breach-notice", "da", "l1", """
                Subject: {{incident.title}}
                Covers: nature, data, consequences, measures, controller, contact

                Kære {{recipient.name}}
                """);

        @Override
        public Optional<LetterSource> newest(String name, String locale) {
            return Optional.of(SOURCE);
        }

        @Override
        public List<String> locales(String name) {
            return List.of("da");
        }

        @Override
        public LetterSource frozen(FrozenLetter letter) {
            return SOURCE;
        }
    }
}
