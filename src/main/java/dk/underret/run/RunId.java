package dk.underret.run;

import dk.underret.incident.Sha256;

/** The id of a run: the same for every delivery of the same event, and of another list or version another. */
public final class RunId {
    private static final int DIGITS = 32;

    private RunId() {}

    /**
     * 32 lower-case hex digits: the first half of SHA-256 over bucket, key and version, joined by U+0000, which none of them
     * can hold. It shows nothing of the key, which may hold a name.
     */
    public static String of(String bucket, String key, String version) {
        return Sha256.hex(String.join("\0", bucket, key, version)).substring(0, DIGITS);
    }
}
