/**
 * The figures, measured: {@code mvn -Pbench verify}. Start with {@code Bench}. A figure is a ratio to a reference that is measured
 * in the same run, since machines are noisy; none is a test.
 */
package dk.underret.bench;
