package dk.underret.run;

import java.util.Optional;

/** Stores chunks in the work bucket under {@code chunks/<run>/<number>.json}. They contain personal data and expire. */
public interface Chunks {
    /**
     * Writes a chunk. Equal chunks have equal bytes.
     *
     * @return the SHA-256 of its bytes, lower-case hex
     */
    String put(Chunk chunk);

    /**
     * Reads a chunk.
     *
     * @param sha256 the expected hash, as {@link #put} returned it
     * @return empty when the chunk does not exist
     * @throws IllegalStateException when its bytes have another hash; the message contains only run and number
     */
    Optional<Chunk> get(String run, int number, String sha256);

    /** Deletes all chunks of a run that still exist. */
    void delete(String run);
}
