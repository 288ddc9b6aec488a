package dk.underret.ledger;

/**
 * The row of a recipient list that a send record was made for.
 *
 * @param run the run that processed the list
 * @param row the row's number in the list, as Excel counts
 */
public record Origin(String run, long row) {}
