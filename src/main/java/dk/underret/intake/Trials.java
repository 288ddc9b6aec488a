package dk.underret.intake;

import java.util.Optional;

/** Trial letters on their way to the sender's own staff, in the work bucket under {@code trials/<run>/}; they name people and expire. */
public interface Trials {
    /** Writes what they are made of, then puts a message for each of its letters on the queue of chunks. */
    void offer(Trial trial);

    /** Reads it; empty when it is gone. */
    Optional<Trial> find(String run);

    /** Marks a letter as taken up: true for one caller, false for all after it. What was marked is not sent again. */
    boolean claim(TrialMessage letter);
}
