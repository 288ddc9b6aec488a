package dk.underret.run;

/**
 * What the queue carries for a trial letter. No value of a row, and no address.
 *
 * @param run the draft's run
 * @param letter index of its row among the trial's, from 0
 */
public record PreviewMailMessage(String run, int letter) {}
