package dk.underret.run;

import java.util.Optional;

/** Chunks, in the work bucket under {@code chunks/<run>/<number>.json}; they name people and expire. */
public interface Chunks {
    /**
     * Writes a chunk; the same chunk has the same bytes.
     *
     * @return SHA-256 of its bytes, lower-case hex
     */
    String put(Chunk chunk);

    /**
     * Reads a chunk.
     *
     * @param sha256 of its bytes, as {@link #put} said
     * @return empty when it is gone
     * @throws IllegalStateException when its bytes have another hash; the message names run and number only
     */
    Optional<Chunk> get(String run, int number, String sha256);

    /** Deletes the chunks of a run; those already gone are no error. */
    void delete(String run);
}
