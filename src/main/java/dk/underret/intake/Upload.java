package dk.underret.intake;

import dk.underret.run.RunId;
import java.time.Instant;

/**
 * An uploaded object, as S3's event names it. {@code toString} leaves out the key, which may hold a person's name.
 *
 * @param bucket the uploads bucket
 * @param key the object key, decoded
 * @param version the object version: this version is read, even if there is a newer one
 * @param sequencer S3's sequencer, hexadecimal: orders the writes of one key
 * @param principal S3's principal id of the uploader
 * @param at the event's time
 */
public record Upload(String bucket, String key, String version, String sequencer, String principal, Instant at) {
    /** Returns the id of the run that this upload makes, if it makes one. */
    public String run() {
        return RunId.of(bucket, key, version);
    }

    /** Names the run only. */
    @Override
    public String toString() {
        return "upload of run " + run();
    }
}
