/**
 * The worker that answers uploads: reads and checks the whole list, freezes the notice, cuts it into chunks and enqueues them.
 *
 * <p>Start with {@link dk.underret.intake.Intake}. May use {@code run} and the packages below it, and no other worker.
 */
@NullMarked
package dk.underret.intake;

import org.jspecify.annotations.NullMarked;
