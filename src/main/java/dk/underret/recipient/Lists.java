package dk.underret.recipient;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Uploaded files in the uploads bucket, read by object version, so that Intake reads the version that the event names. */
public interface Lists {
    /**
     * Opens one version of an object.
     *
     * @param version the object version; empty for the current one
     * @return empty if the version doesn't exist: it was deleted, or it is a delete marker
     */
    Optional<Lists.UploadedFile> open(String bucket, String key, Optional<String> version) throws IOException;

    /**
     * An opened upload. The caller closes it.
     *
     * @param version the object version of the body
     * @param length the object's size in bytes
     * @param body the object's bytes, streamed rather than held in memory
     */
    record UploadedFile(String version, long length, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
