package dk.underret.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the simulated SES with a plain HTTP client that never retries. */
class SimulatedSesTest {
    @TempDir
    private Path outbox;

    private final List<Journal.Message> published = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SimulatedSes ses;

    @BeforeEach
    void start() throws IOException {
        start(SimulatedSes.Account.DEFAULT);
    }

    private void start(SimulatedSes.Account account) throws IOException {
        if (ses != null) ses.close();
        ses = SimulatedSes.start(0, account, outbox, published::add);
    }

    @AfterEach
    void stop() throws IOException {
        ses.close();
    }

    private HttpResponse<String> send(String to) throws Exception {
        return send(to, "komit");
    }

    private HttpResponse<String> send(String to, String tag) throws Exception {
        var simple = Map.of(
                "Subject", Map.of("Data", "Emne"),
                "Body", Map.of("Text", Map.of("Data", "Kære Åse"), "Html", Map.of("Data", "<p>Kære Åse</p>")),
                "Headers", List.of(Map.of("Name", "Auto-Submitted", "Value", "auto-generated")));
        var body = Map.of(
                "FromEmailAddress", "Skole <post@skole.example>",
                "ReplyToAddresses", List.of("svar@skole.example"),
                "Destination", Map.of("ToAddresses", List.of(to)),
                "Content", Map.of("Simple", simple),
                "EmailTags", List.of(Map.of("Name", "incident", "Value", tag)),
                "ConfigurationSetName", "underret");
        return post("/v2/email/outbound-emails", Json.write(body));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(ses.url() + path))
                .timeout(Duration.ofSeconds(2))
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(ses.url() + path)).build(), BodyHandlers.ofString());
    }

    @Test
    void journals_what_it_accepts() throws Exception {
        var answer = send("ase@post.example");
        assertThat(answer.statusCode()).isEqualTo(200);
        var message = Journal.read(outbox).getFirst();
        assertThat(message)
                .isEqualTo(new Journal.Message(
                        Json.read(answer.body()).path("MessageId").asText(),
                        message.at(),
                        "Skole <post@skole.example>",
                        List.of("ase@post.example"),
                        "Emne",
                        "Kære Åse",
                        "<p>Kære Åse</p>",
                        Map.of(
                                "Auto-Submitted", "auto-generated",
                                "Reply-To", "svar@skole.example",
                                "X-SES-CONFIGURATION-SET", "underret"),
                        Map.of("incident", "komit")));
        assertThat(outbox.resolve("000001.html")).hasContent("<p>Kære Åse</p>");
        assertThat(outbox.resolve("000001.txt")).hasContent("Subject: Emne\n\nKære Åse");
        assertThat(published).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"STALL", "RESET", "END_OF_STREAM", "CUT_200"})
    void accepts_and_does_not_respond(Misbehaviour misbehaviour) {
        ses.script().always(misbehaviour);
        assertThatThrownBy(() -> send("ase@post.example"))
                .isInstanceOf(misbehaviour == Misbehaviour.STALL ? HttpTimeoutException.class : IOException.class);
        assertThat(ses.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GARBAGE_200,200", "ERROR_500,500", "ERROR_503,503"})
    void accepts_and_responds_with_an_error(Misbehaviour misbehaviour, int status) throws Exception {
        ses.script().always(misbehaviour);
        var answer = send("ase@post.example");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("MessageId");
        assertThat(ses.accepted()).isEqualTo(1);
    }

    @Test
    void is_silent_without_accepting() {
        ses.script().always(Misbehaviour.SILENCE);
        assertThatThrownBy(() -> send("ase@post.example")).isInstanceOf(HttpTimeoutException.class);
        assertThat(ses.sendRequests()).isEqualTo(1);
        assertThat(ses.accepted()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "NONE",
                "SILENCE",
                "STALL",
                "RESET",
                "END_OF_STREAM",
                "GARBAGE_200",
                "CUT_200",
                "ERROR_500",
                "ERROR_503"
            })
    void refuses_without_accepting(Misbehaviour misbehaviour) throws Exception {
        ses.script().always(misbehaviour);
        var answer = send("ase@post.example");
        var refusal = misbehaviour.refusal().orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(refusal.status());
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains(refusal.code());
        assertThat(ses.accepted()).isZero();
    }

    @Test
    void follows_a_script() throws Exception {
        var script = "ase@post.example REFUSED_RECIPIENT\n* THROTTLED 1 1\n";
        http.send(
                HttpRequest.newBuilder(URI.create(ses.url() + "/script"))
                        .PUT(BodyPublishers.ofString(script))
                        .build(),
                BodyHandlers.discarding());
        var statuses = new ArrayList<Integer>();
        for (var to : List.of("bo@post.example", "ase@post.example", "bo@post.example", "bo@post.example"))
            statuses.add(send(to).statusCode());
        assertThat(statuses).containsExactly(200, 400, 429, 200);
    }

    @Test
    void rejects_tags_with_invalid_characters() throws Exception {
        assertThat(send("ase@post.example", "komit/main").statusCode()).isEqualTo(400);
        assertThat(ses.accepted()).isZero();
    }

    @Test
    void throttles_above_its_rate() throws Exception {
        start(new SimulatedSes.Account(0.001, -1, Set.of()));
        assertThat(send("ase@post.example").statusCode()).isEqualTo(200);
        assertThat(send("ase@post.example").statusCode()).isEqualTo(429);
    }

    @Test
    void throttles_above_its_quota() throws Exception {
        start(new SimulatedSes.Account(200, 1, Set.of()));
        assertThat(send("ase@post.example").statusCode()).isEqualTo(200);
        assertThat(send("ase@post.example").body()).contains("Daily message quota exceeded.");
    }

    @Test
    void sends_from_verified_identities_only() throws Exception {
        start(new SimulatedSes.Account(200, -1, Set.of("other.example")));
        assertThat(send("ase@post.example").body()).contains("Email address is not verified");
        assertThat(get("/v2/email/identities/post%40skole.example").statusCode())
                .isEqualTo(404);
        assertThat(get("/v2/email/identities/post%40other.example").body())
                .contains("\"VerifiedForSendingStatus\":true");
    }

    @Test
    void reports_quota_and_rate() throws Exception {
        send("ase@post.example");
        var figures = Json.read(get("/v2/email/account").body());
        assertThat(figures.at("/SendQuota/MaxSendRate").asDouble()).isEqualTo(200);
        assertThat(figures.at("/SendQuota/Max24HourSend").asDouble()).isEqualTo(-1);
        assertThat(figures.at("/SendQuota/SentLast24Hours").asDouble()).isEqualTo(1);
        assertThat(figures.path("SendingEnabled").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ase@post.example,Send Delivery",
        "bounce@post.example,Send Bounce",
        "bounce+1@post.example,Send Bounce",
        "suppressed@post.example,Send Bounce",
        "complaint@post.example,Send Delivery Complaint",
        "ooto@post.example,Send Delivery Bounce"
    })
    void publishes_the_events_of_a_message(String to, String types) throws Exception {
        send(to);
        var events = SesEvent.of(published.getFirst()).map(Json::read).toList();
        assertThat(events.stream().map(e -> e.path("eventType").asText()).toList())
                .containsExactly(types.split(" "));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/mail/tags/incident/0").asText()).isEqualTo("komit");
            assertThat(event.at("/mail/messageId").asText())
                    .isEqualTo(published.getFirst().messageId());
            assertThat(event.at("/mail/destination/0").asText()).isEqualTo(to);
        });
    }
}
