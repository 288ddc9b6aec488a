package dk.underret.recipient;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Uploaded files in the uploads bucket, read by version: what the event names is what is read. */
public interface Lists {
    /**
     * Opens one version of an object.
     *
     * @param version the object version; empty for the current one
     * @return empty when it is not there (deleted since, or a delete marker)
     */
    Optional<Lists.UploadedFile> open(String bucket, String key, Optional<String> version) throws IOException;

    /**
     * An opened upload; the caller closes it.
     *
     * @param version the version that is being read
     * @param length bytes in all
     * @param body its bytes, a stream that is not held in memory
     */
    record UploadedFile(String version, long length, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
