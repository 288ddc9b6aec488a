package dk.underret.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A proxy between the functions and a service with AWS's JSON protocol. It forwards every request and can drop the response: the
 * service has processed the request, but the caller sees a connection reset.
 */
public final class FaultProxy implements AutoCloseable {
    /** Observes the requests and decides which responses are dropped. Must be thread-safe. */
    public interface Observer {
        /**
         * Called before a request is forwarded.
         *
         * @param operation for example {@code PutItem}
         */
        void onRequest(String operation, byte[] body);

        /**
         * Called after the service has processed a request.
         *
         * @return whether to drop the response
         */
        boolean dropsResponse(String operation, byte[] body);
    }

    private static final List<String> REQUEST_HEADERS =
            List.of("authorization", "x-amz-target", "x-amz-date", "content-type");
    private static final List<String> RESPONSE_HEADERS = List.of("content-type", "x-amz-crc32", "x-amzn-requestid");

    private final CompletableFuture<URI> target = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Observer observer;
    private final WebServer server;

    private FaultProxy(Observer observer) throws IOException {
        this.observer = observer;
        this.server = WebServer.start(0, this::handle);
    }

    /** Starts the proxy. Requests wait until {@link #forwardTo} has set the target. */
    public static FaultProxy start(Observer observer) throws IOException {
        return new FaultProxy(observer);
    }

    /** Sets the endpoint to which requests are forwarded. */
    public void forwardTo(String endpoint) {
        target.complete(URI.create(endpoint));
    }

    /** Returns the proxy's own endpoint. */
    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }

    private Response handle(Request request) throws IOException, InterruptedException {
        var name = request.header("x-amz-target").orElse("");
        var operation = name.substring(name.indexOf('.') + 1);
        observer.onRequest(operation, request.body());
        var forwarded = HttpRequest.newBuilder(target.join()).POST(BodyPublishers.ofByteArray(request.body()));
        for (var header : REQUEST_HEADERS) request.header(header).ifPresent(value -> forwarded.header(header, value));
        var response = http.send(forwarded.build(), BodyHandlers.ofByteArray());
        if (observer.dropsResponse(operation, request.body())) return new Response.Bytes(new byte[0], true);
        var headers = new LinkedHashMap<String, String>();
        for (var header : RESPONSE_HEADERS)
            response.headers().firstValue(header).ifPresent(value -> headers.put(header, value));
        return new Response.Full(response.statusCode(), headers, response.body());
    }
}
