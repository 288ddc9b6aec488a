package dk.underret.run;

/**
 * What the queue carries: a chunk to send. No value of a row.
 *
 * @param run the run's id
 * @param chunk the chunk's number, from 0
 * @param nextRow index in the chunk of the row to go on from, from 0
 * @param idleHops how many hand-overs in a row made no progress
 */
public record WorkMessage(String run, int chunk, int nextRow, int idleHops) {
    /** A chunk from its first row. */
    public static WorkMessage first(String run, int chunk) {
        return new WorkMessage(run, chunk, 0, 0);
    }
}
