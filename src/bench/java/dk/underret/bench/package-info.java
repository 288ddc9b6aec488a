/**
 * The benchmark. A figure is compared with a reference that is measured in the same run, because the speed of machines varies.
 *
 * <p>Run {@code mvn -Pbench verify [-Drows=1000000] [-Drecipients=10000] [-Dfigures=list,letter]}. The figures are printed and
 * written to {@code target/bench}. No figure is a test; {@code MillionRowsIT}, which shares the sample list, runs under
 * {@code mvn -Pfaults verify}.
 *
 * <p>Start with {@code Bench}.
 */
package dk.underret.bench;
