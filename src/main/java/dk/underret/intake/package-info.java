/**
 * From an uploaded list to a planned run: read, check the whole list, freeze the notice, cut into chunks, enqueue.
 *
 * <p>Start with {@code Intake}. May use {@code ledger} and the packages below it.
 */
@NullMarked
package dk.underret.intake;

import org.jspecify.annotations.NullMarked;
