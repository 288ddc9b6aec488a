package dk.underret.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request.
 *
 * @param method in upper case
 * @param path decoded path with the leading slash
 * @param query decoded parameters; one without a value has the empty string
 * @param headers header values by lower-case name
 * @param body complete body, without the transfer encoding
 */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    /** Creates a request from the target of a request line. */
    static Request of(String method, String target, Map<String, String> headers, byte[] body) {
        var mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        var query = new LinkedHashMap<String, String>();
        for (var pair : (mark < 0 ? "" : target.substring(mark + 1)).split("&")) {
            if (pair.isEmpty()) continue;
            var equals = pair.indexOf('=');
            query.put(
                    decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        // In a path, a plus sign is a literal plus sign.
        return new Request(method, decode(path.replace("+", "%2B")), query, headers, body);
    }

    /** Returns the value of a header. The name must be in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the body as UTF-8 text. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
