package dk.underret.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.intake.UploadKey;
import dk.underret.letter.ShippedLetters;
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
import dk.underret.testing.ReadingCosts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Parses any text as an upload's key, both plain and encoded as in S3's event. */
class ObjectKeyFuzzTest {
    private static final String BUCKET = "underret-uploads-example";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);

    static Stream<byte[]> keys() {
        return Stream.of(
                        "incidents/komit/incident.json",
                        "incidents/komit/liste med æ.csv",
                        "incidents/komit/opfølgning/list.csv",
                        "incidents/komit/second/notice.json",
                        "incidents/komit/second/liste+2%C3%A6.XLSX",
                        "incidents/komit/main/resend/rows.csv",
                        "incidents/komit/second/closed/",
                        "letters/own/en-GB.hbs",
                        "letters/own/../da.hbs")
                .map(key -> key.getBytes(UTF_8));
    }

    @MethodSource("keys")
    @FuzzTest
    void is_read_as_what_it_says_or_is_bad(byte[] bytes) {
        var key = new String(bytes, UTF_8);
        assertThat(keys(ReadingCosts.within(() -> UploadKey.of(key)), key)).contains(key);
        assertThat(ReadingCosts.within(() -> opened(URLEncoder.encode(key, UTF_8))))
                .allMatch(opened -> opened.equals(key) || isFactsOfTheSame(opened, key));
        ReadingCosts.within(() -> opened(key));
    }

    /** Returns whether Intake opened facts of the same incident, which it reads together with a list. */
    private static boolean isFactsOfTheSame(String opened, String key) {
        var folder = opened.substring(0, opened.indexOf('/', "incidents/".length()) + 1);
        return key.startsWith(folder) && (opened.endsWith("/incident.json") || opened.endsWith("/notice.json"));
    }

    /** Returns the keys that have this meaning. */
    private static List<String> keys(UploadKey meaning, String key) {
        return switch (meaning) {
            case UploadKey.IncidentFacts facts -> List.of("incidents/" + facts.incident() + "/incident.json");
            case UploadKey.NoticeFacts facts -> List.of("incidents/" + facts.notice() + "/notice.json");
            case UploadKey.People people -> inFolder(people.notice(), people.file());
            case UploadKey.Decision decision ->
                List.of("incidents/" + decision.notice() + "/" + decision.action() + "/" + decision.file());
            case UploadKey.LetterFile letter -> List.of("letters/" + letter.name() + "/" + letter.locale() + ".hbs");
            case UploadKey.Folder folder -> List.of(key.endsWith("/") ? key : "no folder");
            case UploadKey.Bad bad ->
                List.of(
                        bad.incident().isEmpty() || key.startsWith("incidents/" + bad.incident() + "/")
                                ? key
                                : "not under " + bad.incident());
        };
    }

    private static List<String> inFolder(NoticeId notice, String file) {
        assertThat(file).doesNotContain("/").isNotBlank();
        var own = "incidents/" + notice + "/" + file;
        return notice.notice().equals(NoticeId.MAIN)
                ? List.of(own, "incidents/" + notice.incident() + "/" + file)
                : List.of(own);
    }

    /** Returns the keys of the objects that Intake opens for an event with this key. */
    private static List<String> opened(String encoded) {
        var opened = new ArrayList<String>();
        var peers = new IntakePorts(
                (bucket, key, version) -> {
                    opened.add(key);
                    return Optional.empty();
                },
                new ShippedLetters(),
                new FakeKeys(),
                new FakeIncidents(),
                new FakeRuns(),
                new FakeLedger(),
                new FakeChunks(),
                new FakeWork(),
                new FakeEvidence(),
                new FakePreviews(),
                new FakePreviewMails(),
                new FakeAccounts("persondata@elverhoejfriskole.example"),
                CLOCK);
        var limits = new IntakeLimits(1_000_000, 1_000, Set.of(), Language.ENGLISH);
        var log = new Log(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), CLOCK);
        new IntakeHandler(new Intake(peers, limits), BUCKET, log).handleRequest(event(encoded), null);
        return opened;
    }

    private static S3Event event(String key) {
        var object = new S3ObjectEntity(key, 1L, "e", "v1", "00");
        var entity = new S3Entity("c", new S3BucketEntity(BUCKET, null, null), object, "1.0");
        return new S3Event(List.of(new S3EventNotificationRecord(
                "eu-north-1", "ObjectCreated:Put", "aws:s3", null, "2.1", null, null, entity, null)));
    }
}
