package dk.underret.local;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The response of a {@link WebServer} to a request. */
sealed interface Response {
    /**
     * A regular HTTP response.
     *
     * @param headers headers other than the content length
     * @param body body; for a HEAD request, only its length is sent
     */
    record Full(int status, Map<String, String> headers, byte[] body) implements Response {}

    /**
     * Raw bytes, then the end of the connection.
     *
     * @param reset whether to end the connection with a TCP reset
     */
    record Bytes(byte[] bytes, boolean reset) implements Response {}

    /** No response until the caller closes the connection. */
    record Silence() implements Response {}

    /** Creates a response without a body. */
    static Full status(int status) {
        return new Full(status, Map.of(), new byte[0]);
    }

    /** Creates a response with a text body. */
    static Full of(int status, String type, String body) {
        return new Full(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a response with a JSON body. */
    static Full json(int status, Object body) {
        return of(status, "application/json", Json.write(body));
    }

    /** Creates an error response of AWS's JSON protocols. */
    static Full error(int status, String code, String message) {
        var answer = json(status, Map.of("__type", code, "message", message));
        var headers = new LinkedHashMap<>(answer.headers());
        headers.put("x-amzn-ErrorType", code);
        return new Full(status, headers, answer.body());
    }
}
