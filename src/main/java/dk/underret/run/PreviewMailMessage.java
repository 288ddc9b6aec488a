package dk.underret.run;

/**
 * The queue's message for one preview mail. Contains no value of a row and no address.
 *
 * @param run the draft's run
 * @param letter index of its row in {@link PreviewMail#people}, from 0
 */
public record PreviewMailMessage(String run, int letter) {}
