package dk.underret.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A proxy of one simulator that counts the requests by operation. */
final class Counter implements AutoCloseable {
    /** Headers that the JDK's client sets itself. */
    private static final Set<String> CLIENT_HEADERS =
            Set.of("host", "content-length", "connection", "expect", "transfer-encoding");

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private volatile String simulator = "";

    Counter() throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1_024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::forward);
        server.start();
    }

    /** Returns the proxy's address, which callers use instead of the simulator's. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Forwards requests to this simulator from now on. */
    void forwardTo(String url) {
        simulator = url;
    }

    /** Returns the number of requests so far: for DynamoDB and SQS by operation and table, for others by method and folder. */
    Map<String, Long> counts() {
        var sums = new TreeMap<String, Long>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            counts.computeIfAbsent(name(exchange, body), name -> new LongAdder())
                    .increment();
            var request = HttpRequest.newBuilder(URI.create(simulator + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!CLIENT_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT)))
                    values.forEach(value -> request.header(name, value));
            });
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!CLIENT_HEADERS.contains(name) && !name.startsWith(":"))
                    exchange.getResponseHeaders().put(name, values);
            });
            var length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String name(HttpExchange exchange, byte[] body) {
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null)
            return exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().split("/", 3)[1];
        var operation = target.substring(target.indexOf('.') + 1);
        var text = new String(body, ISO_8859_1);
        return text.contains("\"TableName\":\"sends\"") ? operation + " sends" : operation;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
