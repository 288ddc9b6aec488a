package dk.underret.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one dispatch; names nobody. Codes, message id and times are the newest attempt's: a claim replaces the record.
 *
 * @param key notice and recipient
 * @param status where it stands
 * @param attempt how often it was claimed: 1 for the first; 0 for a row that can't be sent
 * @param token the newest claim's, 22 characters of {@code [A-Za-z0-9_-]}; empty for a row that can't be sent: comes back in SES's events as the tag {@code attempt}
 * @param originRun the run whose row this is
 * @param originRow its row in that run's list, as Excel numbers it
 * @param letter the letter's name, locale and version; empty for a row that can't be sent
 * @param digest SHA-256 over subject, text and HTML (each preceded by its length in bytes as a decimal number and a colon), lower-case
 *     hex; empty for a row that can't be sent
 * @param messageId SES's message id, once known
 * @param code SES's error code or the row's finding codes; empty where nothing went wrong
 * @param at when this attempt last entered each status
 */
public record SendRecord(
        SendKey key,
        SendStatus status,
        int attempt,
        String token,
        String originRun,
        long originRow,
        Optional<LetterVersion> letter,
        Optional<String> digest,
        Optional<String> messageId,
        Optional<String> code,
        Map<SendStatus, Instant> at) {
    /** Copies the times. */
    public SendRecord {
        at = at.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(at));
    }
}
