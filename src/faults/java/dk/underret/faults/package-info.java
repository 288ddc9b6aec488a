/**
 * The fault run: a long list through the local AWS while its parts fail, and the count of what came of it.
 *
 * <p>Start with {@link dk.underret.faults.FaultRun}, which injects; {@link dk.underret.faults.FaultAudit} is a program of its own that
 * uses nothing of this project: it reads what the run left as files.
 */
package dk.underret.faults;
