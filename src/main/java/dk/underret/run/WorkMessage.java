package dk.underret.run;

/**
 * The queue's message for one chunk. Contains no value of a row.
 *
 * @param run the run's id
 * @param chunk the chunk's number, from 0
 * @param nextRow index in the chunk of the first row to process, from 0
 * @param idleHops consecutive hand-overs without progress
 */
public record WorkMessage(String run, int chunk, int nextRow, int idleHops) {
    /** Creates the message that starts a chunk at its first row. */
    public static WorkMessage first(String run, int chunk) {
        return new WorkMessage(run, chunk, 0, 0);
    }
}
