package dk.underret.intake;

import dk.underret.run.Chunk;
import java.util.Locale;
import java.util.Set;

/**
 * What a deployment sets.
 *
 * @param maxBytes a longer list is refused
 * @param maxRows a list with more people is refused
 * @param senders the addresses that Dispatch may send from, lower case
 * @param language of findings where no facts can be read
 * @param chunkRows rows of a chunk, 1 to {@link Chunk#ROWS}
 * @param fourEyes whether who approved a notice and who uploads its list must be two: two principal ids of S3's. It tells IAM
 *     users and the sessions of IAM Identity Center apart; whoever names the sessions of a role at will is as many as they like
 */
public record IntakeLimits(
        long maxBytes, long maxRows, Set<String> senders, Locale language, int chunkRows, boolean fourEyes) {
    /** Copies the addresses. */
    public IntakeLimits {
        senders = Set.copyOf(senders);
    }

    /** With chunks of {@link Chunk#ROWS} rows, and nobody asked who approved. */
    public IntakeLimits(long maxBytes, long maxRows, Set<String> senders, Locale language) {
        this(maxBytes, maxRows, senders, language, Chunk.ROWS, false);
    }
}
