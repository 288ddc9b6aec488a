package dk.underret.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The framing in which the SDK and the AWS CLI stream an upload: {@code <length in hex>[;chunk-signature=…]}, the bytes, and after
 * the last (empty) chunk the trailing checksums.
 */
final class AwsChunked {
    private AwsChunked() {}

    /** The bytes that were framed. */
    static byte[] decode(byte[] framed) {
        var content = new ByteArrayOutputStream(framed.length);
        int at = 0;
        while (true) {
            int end = at;
            while (framed[end] != '\r') end++;
            var head = new String(framed, at, end - at, StandardCharsets.US_ASCII);
            var length = Integer.parseInt(head.split(";")[0], 16);
            if (length == 0) return content.toByteArray();
            content.write(framed, end + 2, length);
            at = end + 2 + length + 2;
        }
    }
}
