package dk.underret.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id of a run: the same for every delivery of the same event, and of another list or version another. */
public final class RunId {
    private static final int BYTES = 16;

    private RunId() {}

    /**
     * 32 lower-case hex digits: the first half of SHA-256 over bucket, key and version, joined by U+0000, which none of them
     * can hold. It shows nothing of the key, which may hold a name.
     */
    public static String of(String bucket, String key, String version) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", bucket, key, version).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
