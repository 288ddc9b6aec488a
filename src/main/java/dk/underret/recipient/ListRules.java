package dk.underret.recipient;

import java.security.Key;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a list is read by.
 *
 * @param version the list's object version: invalid rows are keyed by it
 * @param incidentKey what identities are hashed with: {@code new SecretKeySpec(keys.incidentKey(id), "HmacSHA256")}
 * @param maxBytes more than these is {@code TOO_LARGE}
 * @param maxRows more rows with people than these is {@code TOO_LARGE}
 * @param notCpr columns whose ten-digit values are no CPR numbers ({@code not_cpr} of the facts), under any of their names
 * @param letters what the letters need
 */
public record ListRules(
        String version, Key incidentKey, long maxBytes, long maxRows, Set<String> notCpr, LetterNeeds letters) {
    /** Copies the columns under their canonical names. */
    public ListRules {
        notCpr = notCpr.stream().map(Columns::canonical).collect(Collectors.toUnmodifiableSet());
    }
}
