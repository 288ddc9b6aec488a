/**
 * The fault run: sends a long list through the local AWS while its parts fail, and counts the results.
 *
 * <p>Run {@code mvn -Pfaults verify [-Drecipients=100000] [-Dseed=<seed>]}. The report is {@code target/faults/report.md}.
 *
 * <p>Start with {@link dk.underret.faults.FaultRun}, which injects the faults. {@link dk.underret.faults.FaultAudit} counts the
 * results. It is a separate program that uses no code of this project, and reads the files that the run wrote.
 */
package dk.underret.faults;
