package dk.underret.local;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link WebServer} does with a request. */
sealed interface Response {
    /**
     * A proper answer.
     *
     * @param headers beside the length
     * @param body left out, but its length stated, where the request was a HEAD
     */
    record Whole(int status, Map<String, String> headers, byte[] body) implements Response {}

    /**
     * These bytes, whatever they are, then the end of the connection.
     *
     * @param reset whether it ends by a TCP reset
     */
    record Bytes(byte[] bytes, boolean reset) implements Response {}

    /** Silence, until the caller hangs up. */
    record Silence() implements Response {}

    /** An answer without a body. */
    static Whole status(int status) {
        return new Whole(status, Map.of(), new byte[0]);
    }

    /** An answer in text. */
    static Whole of(int status, String type, String body) {
        return new Whole(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer in JSON. */
    static Whole json(int status, Object body) {
        return of(status, "application/json", Json.write(body));
    }

    /** An error as AWS's JSON protocols have it. */
    static Whole error(int status, String code, String message) {
        var answer = json(status, Map.of("__type", code, "message", message));
        var headers = new LinkedHashMap<>(answer.headers());
        headers.put("x-amzn-ErrorType", code);
        return new Whole(status, headers, answer.body());
    }
}
