package dk.underret.intake;

import dk.underret.run.RunId;
import java.time.Instant;

/**
 * One object that was uploaded, as S3's event names it. {@code toString} leaves out the key, which may hold a name.
 *
 * @param bucket the uploads bucket
 * @param key the object key, decoded
 * @param version the object version: this one is read, whatever came after it
 * @param sequencer S3's sequencer, hexadecimal: orders the writes of one key
 * @param principal who uploaded it: S3's principal id
 * @param at the event's time
 */
public record Upload(String bucket, String key, String version, String sequencer, String principal, Instant at) {
    /** The id of the run that this upload makes, if it makes one. */
    public String run() {
        return RunId.of(bucket, key, version);
    }

    /** Names the run only. */
    @Override
    public String toString() {
        return "upload of run " + run();
    }
}
