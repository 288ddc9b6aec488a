package dk.underret.run;

import java.util.List;

/**
 * Up to {@link #ROWS} rows of a run: the unit of work on the queue.
 *
 * @param run the run's id
 * @param number from 0
 * @param rows in the list's order
 */
public record Chunk(String run, int number, List<ChunkRow> rows) {
    /** Rows of a chunk at the most. */
    public static final int ROWS = 500;

    /** Copies the rows. */
    public Chunk {
        rows = List.copyOf(rows);
    }
}
