package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.dispatch.Mailer.Message;
import dk.underret.dispatch.Outcome;
import dk.underret.dispatch.Outcome.Accepted;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.SendKey;
import dk.underret.letter.Letter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class SesMailerTest {
    private static final String CANARY = "kanariefugl";
    private static final Message MESSAGE = new Message(
            "Ærø Skole <brev@skole.example>",
            Optional.of("svar@skole.example"),
            CANARY + "@post.example",
            new Letter("da", "Til " + CANARY, "Kære " + CANARY + " æøå", "<p>Kære " + CANARY + "</p>"),
            new SendKey(new NoticeId("break-in", "main"), "a".repeat(64)),
            "AbCdEfGhIjKlMnOpQrStUv");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Test
    void sends_both_parts_with_headers_tags_and_configuration_set_in_one_post() throws IOException {
        try (var server = new StubSesServer(StubSesServer.answer(200, "", "{\"MessageId\":\"0100-1\"}"))) {
            assertThat(send(server.endpoint())).isEqualTo(new Accepted("0100-1"));

            assertThat(server.requests()).hasSize(1);
            var request = server.requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /v2/email/outbound-emails HTTP/1.1");
            var expected = """
                    {"FromEmailAddress": "=?UTF-8?B?w4Zyw7ggU2tvbGU=?= <brev@skole.example>",
                     "ReplyToAddresses": ["svar@skole.example"],
                     "Destination": {"ToAddresses": ["kanariefugl@post.example"]},
                     "Content": {"Simple": {
                       "Subject": {"Data": "Til kanariefugl", "Charset": "UTF-8"},
                       "Body": {"Text": {"Data": "Kære kanariefugl æøå", "Charset": "UTF-8"},
                                "Html": {"Data": "<p>Kære kanariefugl</p>", "Charset": "UTF-8"}},
                       "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}]}},
                     "EmailTags": [{"Name": "incident", "Value": "break-in"}, {"Name": "notice", "Value": "main"},
                                   {"Name": "recipient", "Value": "%s"},
                                   {"Name": "attempt", "Value": "AbCdEfGhIjKlMnOpQrStUv"}],
                     "ConfigurationSetName": "underret"}
                    """.formatted("a".repeat(64));
            var json = new ObjectMapper();
            assertThat(json.readTree(request.body())).isEqualTo(json.readTree(expected));
        }
    }

    static List<Arguments> answers() {
        var quota = "{\"message\":\"Daily message quota exceeded, kanariefugl@post.example\"}";
        var identity =
                "{\"message\":\"Email address is not verified. Identities failed the check: brev@skole.example\"}";
        var blocked = "{\"message\":\"kanariefugl@post.example is on the blacklist\"}";
        var address = "{\"message\":\"Missing final '@domain'\"}";
        return List.of(
                row(
                        "429",
                        StubSesServer.answer(429, "TooManyRequestsException", "{}"),
                        later(DeferralReason.RATE, "TooManyRequestsException")),
                row(
                        "quota as 429",
                        StubSesServer.answer(429, "TooManyRequestsException", quota),
                        later(DeferralReason.QUOTA, "TooManyRequestsException")),
                row(
                        "quota as limit",
                        StubSesServer.answer(400, "LimitExceededException", quota),
                        later(DeferralReason.QUOTA, "LimitExceededException")),
                row(
                        "quota as throttling",
                        StubSesServer.answer(400, "Throttling", quota),
                        later(DeferralReason.QUOTA, "Throttling")),
                row(
                        "paused",
                        StubSesServer.answer(400, "SendingPausedException", "{}"),
                        everybody("SendingPausedException")),
                row("identity", StubSesServer.answer(400, "MessageRejected", identity), everybody("MessageRejected")),
                row(
                        "no configuration set",
                        StubSesServer.answer(404, "NotFoundException", "{}"),
                        everybody("NotFoundException")),
                row(
                        "credentials",
                        StubSesServer.answer(403, "ExpiredTokenException", "{}"),
                        everybody("ExpiredTokenException")),
                row("400 without a body", StubSesServer.answer(400, "", ""), everybody("HTTP_400")),
                row("recipient", StubSesServer.answer(400, "MessageRejected", blocked), one("MessageRejected")),
                row(
                        "bad address",
                        StubSesServer.answer(400, "BadRequestException", address),
                        one("BadRequestException")),
                row(
                        "500",
                        StubSesServer.answer(500, "InternalServiceErrorException", "{}"),
                        new Unknown("InternalServiceErrorException")),
                row("500 in HTML", StubSesServer.answer(500, "", "<html>kanariefugl</html>"), new Unknown("HTTP_500")),
                row("503", StubSesServer.answer(503, "ServiceUnavailable", "{}"), new Unknown("ServiceUnavailable")),
                row(
                        "garbage 200",
                        StubSesServer.answer(200, "", "<html>kanariefugl@post.example"),
                        new Unknown("JsonParseException")),
                row("200 without an id", StubSesServer.answer(200, "", "{}"), new Unknown("NO_MESSAGE_ID")),
                row("empty 200", StubSesServer.answer(200, "", ""), new Unknown("NO_MESSAGE_ID")),
                row("cut 200", SesMailerTest::cut, new Unknown("ConnectionClosedException")),
                row("no HTTP", SesMailerTest::noHttp, new Unknown("NoHttpResponseException")),
                row("end of stream", Socket::close, new Unknown("NoHttpResponseException")),
                row("reset", SesMailerTest::reset, new Unknown("SocketException")),
                row("stall", SesMailerTest::stall, new Unknown("TIMEOUT")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void every_answer_has_its_outcome_after_exactly_one_post(
            String name, StubSesServer.Behaviour behaviour, Outcome outcome) {
        try (var server = new StubSesServer(behaviour)) {
            var answer = send(server.endpoint());

            assertThat(answer).isEqualTo(outcome);
            assertThat(server.requests()).hasSize(1);
            assertThat(answer.toString()).doesNotContain(CANARY).doesNotContain("@");
        }
    }

    /** Negative control: with the SDK's own retries, SES receives the letter more than once. */
    @Test
    void a_client_that_retries_posts_more_than_once() {
        try (var server = new StubSesServer(StubSesServer.answer(500, "InternalServiceErrorException", "{}"));
                var retrying = client(server.endpoint(), AwsRetryStrategy.standardRetryStrategy())) {
            new SesMailer(retrying, "underret").send(MESSAGE);

            assertThat(server.requests()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void the_functions_own_client_posts_once() {
        var environment =
                Map.of("AWS_REGION", "eu-north-1", "AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret");
        try (var server = new StubSesServer(StubSesServer.answer(500, "InternalServiceErrorException", "{}"))) {
            var variables = new HashMap<>(environment);
            variables.put("AWS_ENDPOINT_URL_SESV2", server.endpoint());
            try (var own = new Clients(variables).ses()) {
                assertThat(new SesMailer(own, "underret").send(MESSAGE))
                        .isEqualTo(new Unknown("InternalServiceErrorException"));
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_refused_connection_is_not_sent() throws IOException {
        int port;
        try (var server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port))
                .isEqualTo(later(DeferralReason.NOT_CONNECTED, "CONNECTION_REFUSED"));
    }

    @Test
    void a_name_without_an_address_is_not_sent() {
        assertThat(send("http://ses.invalid")).isEqualTo(later(DeferralReason.NOT_CONNECTED, "UNKNOWN_HOST"));
    }

    @Test
    void a_pool_without_a_free_connection_is_not_sent() throws InterruptedException {
        var narrow = Apache5HttpClient.builder().maxConnections(1).connectionAcquisitionTimeout(Duration.ofMillis(100));
        try (var server = new StubSesServer(SesMailerTest::stall);
                var client = client(server.endpoint(), AwsRetryStrategy.doNotRetry(), narrow, Duration.ofSeconds(60))) {
            var mailer = new SesMailer(client, "underret");
            var first = Thread.ofPlatform().start(() -> mailer.send(MESSAGE));
            while (server.requests().isEmpty()) Thread.onSpinWait();

            assertThat(mailer.send(MESSAGE)).isEqualTo(later(DeferralReason.NOT_CONNECTED, "NO_FREE_CONNECTION"));

            assertThat(server.requests()).hasSize(1);
            server.close();
            first.join();
        }
    }

    @Test
    void a_server_that_accepts_no_more_connections_is_not_sent() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var one = new Socket("127.0.0.1", full.getLocalPort());
                var other = new Socket("127.0.0.1", full.getLocalPort())) {
            assertThat(send("http://127.0.0.1:" + full.getLocalPort()))
                    .isEqualTo(later(DeferralReason.NOT_CONNECTED, "CONNECT_TIMEOUT"));
            assertThat(one.isConnected() && other.isConnected()).isTrue();
        }
    }

    private static Arguments row(String name, StubSesServer.Behaviour behaviour, Outcome outcome) {
        return Arguments.of(name, behaviour, outcome);
    }

    private static Outcome later(DeferralReason reason, String code) {
        return new Deferred(reason, code);
    }

    private static Outcome everybody(String code) {
        return new Refused(Refused.Scope.ACCOUNT, code);
    }

    private static Outcome one(String code) {
        return new Refused(Refused.Scope.RECIPIENT, code);
    }

    private static void cut(Socket socket) throws IOException {
        StubSesServer.write(socket, "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"MessageId\":\"0100");
        socket.close();
    }

    private static void noHttp(Socket socket) throws IOException {
        StubSesServer.write(socket, CANARY + "\r\n\r\n");
        socket.close();
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits until the client closes the connection. */
    private static void stall(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) Thread.onSpinWait();
        socket.close();
    }

    private static Outcome send(String endpoint) {
        try (var client = client(endpoint, AwsRetryStrategy.doNotRetry())) {
            return new SesMailer(client, "underret").send(MESSAGE);
        }
    }

    private static SesV2Client client(String endpoint, RetryStrategy retries) {
        return client(endpoint, retries, Apache5HttpClient.builder().connectionTimeout(TIMEOUT.dividedBy(2)), TIMEOUT);
    }

    private static SesV2Client client(
            String endpoint, RetryStrategy retries, Apache5HttpClient.Builder http, Duration timeout) {
        return SesV2Client.builder()
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .endpointOverride(URI.create(endpoint))
                .overrideConfiguration(call -> call.retryStrategy(retries).apiCallAttemptTimeout(timeout))
                .httpClientBuilder(http)
                .build();
    }
}
