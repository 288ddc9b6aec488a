package dk.underret.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the {@code aws-chunked} encoding in which the SDK and the AWS CLI stream an upload. Each chunk is {@code <length in
 * hex>[;chunk-signature=…]} and its bytes; an empty chunk ends the content, and checksums follow it.
 */
final class AwsChunked {
    private AwsChunked() {}

    /** Returns the content without the chunk headers and trailers. */
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
