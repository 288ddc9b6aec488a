/**
 * Holds the facts of an incident and its notices, the checks of facts, the {@linkplain dk.underret.incident.Finding findings} about
 * lists, facts and letters, and the {@linkplain dk.underret.incident.Language languages} of Underret.
 *
 * <p>Start with {@link dk.underret.incident.Incident}, the merged facts of one notice, and {@link dk.underret.incident.Finding}. This is
 * the lowest package: it uses no other.
 */
@NullMarked
package dk.underret.incident;

import org.jspecify.annotations.NullMarked;
