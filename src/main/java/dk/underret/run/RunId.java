package dk.underret.run;

import dk.underret.incident.Sha256;

/** Computes a run's id. Every delivery of one event has the same id; another list or version has another. */
public final class RunId {
    private static final int DIGITS = 32;

    private RunId() {}

    /**
     * Returns 32 lower-case hex digits: the first half of the SHA-256 of bucket, key and version, joined by U+0000, which none of
     * them can contain. The id does not reveal the key, which may contain a name.
     */
    public static String of(String bucket, String key, String version) {
        return Sha256.hex(String.join("\0", bucket, key, version)).substring(0, DIGITS);
    }
}
