/**
 * The functions: each handler turns its event into a call of the domain and nothing else.
 *
 * <p>Start with {@code Wiring}, which builds the domain from {@code Settings}.
 */
@NullMarked
package dk.underret.lambda;

import org.jspecify.annotations.NullMarked;
