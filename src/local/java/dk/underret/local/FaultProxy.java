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
 * Stands between the functions and a service of AWS's JSON protocol, passes every request on and may lose the answer: the request
 * was done, the caller sees its connection reset.
 */
public final class FaultProxy implements AutoCloseable {
    /** Who sees what goes through. Called by many threads. */
    public interface Eye {
        /**
         * A request has come and is not yet passed on.
         *
         * @param operation for example {@code PutItem}
         */
        void asked(String operation, byte[] body);

        /**
         * The request was done.
         *
         * @return whether its answer is lost
         */
        boolean loses(String operation, byte[] body);
    }

    private static final List<String> PASSED_ON =
            List.of("authorization", "x-amz-target", "x-amz-date", "content-type");
    private static final List<String> PASSED_BACK = List.of("content-type", "x-amz-crc32", "x-amzn-requestid");

    private final CompletableFuture<URI> target = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Eye eye;
    private final WebServer server;

    private FaultProxy(Eye eye) throws IOException {
        this.eye = eye;
        this.server = WebServer.start(0, this::answer);
    }

    /** Starts to listen; requests wait until {@link #to} has said where they go. */
    public static FaultProxy start(Eye eye) throws IOException {
        return new FaultProxy(eye);
    }

    /** Says where requests go. */
    public void to(String endpoint) {
        target.complete(URI.create(endpoint));
    }

    /** Its own endpoint. */
    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }

    private Response answer(Request request) throws IOException, InterruptedException {
        var name = request.header("x-amz-target").orElse("");
        var operation = name.substring(name.indexOf('.') + 1);
        eye.asked(operation, request.body());
        var asked = HttpRequest.newBuilder(target.join()).POST(BodyPublishers.ofByteArray(request.body()));
        for (var header : PASSED_ON) request.header(header).ifPresent(value -> asked.header(header, value));
        var answer = http.send(asked.build(), BodyHandlers.ofByteArray());
        if (eye.loses(operation, request.body())) return new Response.Bytes(new byte[0], true);
        var headers = new LinkedHashMap<String, String>();
        for (var header : PASSED_BACK)
            answer.headers().firstValue(header).ifPresent(value -> headers.put(header, value));
        return new Response.Whole(answer.statusCode(), headers, answer.body());
    }
}
