package dk.underret.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dk.underret.run.WorkMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the queue against a server that speaks SQS's protocol and rejects the messages that a test selects. */
class SqsWorkTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The chunk numbers of each request, in the order of the requests. */
    private final List<List<Integer>> requests = new ArrayList<>();

    private final List<String> bodies = new ArrayList<>();
    private Set<Integer> refusedOnce = Set.of();
    private Set<Integer> refusedAlways = Set.of();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private SqsWork work() {
        var endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        var sqs = new Clients(Map.of(
                        "AWS_REGION", "eu-west-1",
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local",
                        "AWS_ENDPOINT_URL_SQS", endpoint))
                .sqs();
        return new SqsWork(sqs, endpoint + "/000000000000/dispatch");
    }

    private void answer(HttpExchange exchange) throws IOException {
        var chunks = new ArrayList<Integer>();
        var answer = JSON.createObjectNode();
        var successful = answer.putArray("Successful");
        var failed = answer.putArray("Failed");
        for (var entry : JSON.readTree(exchange.getRequestBody()).path("Entries")) {
            var body = entry.path("MessageBody").asText();
            var chunk = JSON.readTree(body).path("chunk").asInt();
            chunks.add(chunk);
            var again = requests.stream().anyMatch(earlier -> earlier.contains(chunk));
            var refused = refusedAlways.contains(chunk) || (refusedOnce.contains(chunk) && !again);
            ObjectNode result = (refused ? failed : successful)
                    .addObject()
                    .put("Id", entry.path("Id").asText());
            if (refused) result.put("Code", "InternalError").put("SenderFault", false);
            else {
                result.put("MessageId", "m" + bodies.size()).put("MD5OfMessageBody", md5(body));
                bodies.add(body);
            }
        }
        requests.add(chunks);
        var bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String md5(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<WorkMessage> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(chunk -> WorkMessage.first("0f", chunk))
                .toList();
    }

    @Test
    void sends_ten_messages_per_request() {
        work().enqueue(messages(12), Duration.ZERO);

        assertThat(requests).containsExactly(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), List.of(10, 11));
        assertThat(bodies.getFirst()).isEqualTo("{\"run\":\"0f\",\"chunk\":0,\"next_row\":0,\"idle_hops\":0}");
    }

    @Test
    void sends_again_what_a_batch_refused_and_only_that() {
        refusedOnce = Set.of(1, 3);
        work().enqueue(messages(5), Duration.ZERO);

        assertThat(requests).containsExactly(List.of(0, 1, 2, 3, 4), List.of(1, 3));
        assertThat(bodies).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void gives_up_on_a_message_that_is_always_rejected_and_names_the_run() {
        refusedAlways = Set.of(2);

        assertThatThrownBy(() -> work().enqueue(messages(3), Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the queue rejected 1 messages of run 0f 5 times");
    }
}
