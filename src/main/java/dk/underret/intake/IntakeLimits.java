package dk.underret.intake;

import dk.underret.incident.Language;
import dk.underret.run.Chunk;
import java.util.Set;

/**
 * The limits that a deployment sets.
 *
 * @param maxBytes the size of the largest list
 * @param maxRows the most people on a list
 * @param senders the addresses that Dispatch may send from, lower case
 * @param language the language of findings when no facts can be read
 * @param chunkRows rows of a chunk, 1 to {@link Chunk#ROWS}
 * @param fourEyes whether one person must approve a notice and another upload its list. Persons are told apart by S3's principal
 *     ids, which separate IAM users and sessions of IAM Identity Center; somebody who may choose the session name of a role can
 *     pass as two
 */
public record IntakeLimits(
        long maxBytes, long maxRows, Set<String> senders, Language language, int chunkRows, boolean fourEyes) {
    /** Copies the addresses. */
    public IntakeLimits {
        senders = Set.copyOf(senders);
    }

    /** Creates limits with chunks of {@link Chunk#ROWS} rows, without four eyes. */
    public IntakeLimits(long maxBytes, long maxRows, Set<String> senders, Language language) {
        this(maxBytes, maxRows, senders, language, Chunk.ROWS, false);
    }
}
