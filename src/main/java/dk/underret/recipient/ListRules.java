package dk.underret.recipient;

import java.security.Key;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules for reading and checking a list.
 *
 * @param version the list's object version, a part of the key of an invalid row
 * @param incidentKey the key for hashing identities: {@code new SecretKeySpec(keys.incidentKey(id), "HmacSHA256")}
 * @param maxBytes a list with more bytes is {@code TOO_LARGE}
 * @param maxRows a list with more rows, not counting the header and blank rows, is {@code TOO_LARGE}
 * @param notCpr columns whose ten-digit values aren't CPR numbers ({@code not_cpr} of the facts), under any of their names
 * @param letters the letters' requirements
 */
public record ListRules(
        String version, Key incidentKey, long maxBytes, long maxRows, Set<String> notCpr, LetterNeeds letters) {
    /** Replaces the columns' names by their canonical ones. */
    public ListRules {
        notCpr = notCpr.stream().map(Columns::canonical).collect(Collectors.toUnmodifiableSet());
    }
}
