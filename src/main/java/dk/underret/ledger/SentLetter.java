package dk.underret.ledger;

/**
 * The letter of one attempt.
 *
 * @param version the letter's name, locale and version
 * @param digest SHA-256 over subject, text and HTML, each preceded by its length in bytes as a decimal number and a colon; lower-case
 *     hex
 */
public record SentLetter(LetterVersion version, String digest) {}
