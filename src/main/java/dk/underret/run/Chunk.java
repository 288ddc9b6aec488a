package dk.underret.run;

import java.util.List;

/**
 * A unit of work on the queue: up to {@link #ROWS} rows of a run.
 *
 * @param run the run's id
 * @param number from 0
 * @param rows in the list's order
 */
public record Chunk(String run, int number, List<ChunkRow> rows) {
    /** The maximum number of rows in a chunk. */
    public static final int ROWS = 500;

    /** Copies the rows. */
    public Chunk {
        rows = List.copyOf(rows);
    }
}
