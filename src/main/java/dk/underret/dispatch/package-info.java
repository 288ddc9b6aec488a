/**
 * Sending a chunk: for each row render, claim, one POST, settle.
 *
 * <p>Start with {@code Dispatcher}; {@code Sweep} sees to it that nothing is left lying. May use {@code intake} and the packages below it.
 */
@NullMarked
package dk.underret.dispatch;

import org.jspecify.annotations.NullMarked;
