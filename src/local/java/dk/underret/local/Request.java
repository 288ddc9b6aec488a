package dk.underret.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request.
 *
 * @param method in upper case
 * @param path decoded, with its leading slash
 * @param query decoded; a parameter without a value has the empty string
 * @param headers by lower-case name
 * @param body all of it, without the transfer's framing
 */
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    /** Takes apart a request line's target. */
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
        // A plus sign in a path stands for itself.
        return new Request(method, decode(path.replace("+", "%2B")), query, headers, body);
    }

    /** A header's value; the name in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as UTF-8. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
