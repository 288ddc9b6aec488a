/**
 * The worker that sends a chunk: for each row render, claim, one POST, settle.
 *
 * <p>Start with {@link dk.underret.dispatch.Dispatcher}. May use {@code run} and the packages below it, and no other worker.
 */
@NullMarked
package dk.underret.dispatch;

import org.jspecify.annotations.NullMarked;
