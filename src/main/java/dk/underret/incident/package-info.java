/**
 * What happened and whom it concerns: the facts that every letter about an incident shares, the notice laid over them, and the
 * {@link dk.underret.incident.Finding findings} that say what is wrong with list, facts or letter.
 *
 * <p>Start with {@code Incident}, the merged facts of one notice, and
 * {@link dk.underret.incident.Finding}. The lowest package: it uses no other.
 */
@NullMarked
package dk.underret.incident;

import org.jspecify.annotations.NullMarked;
