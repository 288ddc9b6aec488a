package dk.underret.run;

import java.util.Optional;

/** Trial letters on their way to the sender's own staff, in the work bucket under {@code trials/<run>/}; they name people and expire. */
public interface PreviewMails {
    /** Writes what they are made of, then puts a message for each of its letters on the queue of chunks. */
    void offer(PreviewMail trial);

    /** Reads it; empty when it is gone. */
    Optional<PreviewMail> find(String run);

    /** Marks a letter as taken up: true for one caller, false for all after it. What was marked is not sent again. */
    boolean claim(PreviewMailMessage letter);
}
