/**
 * The benchmark: measures the figures. A figure is a ratio to a reference that is measured in the same run, because machines are
 * noisy.
 *
 * <p>Run {@code mvn -Pbench verify [-Drows=1000000] [-Drecipients=10000] [-Dfigures=list,letter]}. The figures are printed and left
 * in {@code target/bench}. No figure is a test; {@code MillionRowsIT}, which shares the sample list, runs under
 * {@code mvn -Pfaults verify}.
 *
 * <p>Start with {@code Bench}.
 */
package dk.underret.bench;
