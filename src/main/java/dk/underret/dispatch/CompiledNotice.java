package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice;
import dk.underret.letter.LetterSet;
import dk.underret.run.ChunkRow;
import java.util.Optional;

/**
 * A frozen notice with its letters compiled. Safe for use by many threads.
 *
 * @param from the sender's address from the facts, with or without a name
 * @param replyTo the address for replies
 * @param letters the frozen letters
 */
record CompiledNotice(FrozenNotice frozen, String from, Optional<String> replyTo, LetterSet letters) {
    /**
     * Renders a row's letter in the locale that Intake decided.
     *
     * @return empty when the notice has no frozen letter in that locale, or the row lacks a value that the letter prints; Intake
     *     rejects such rows
     */
    Optional<Rendered> render(ChunkRow.LetterRow row) {
        var source = letters.source(row.locale());
        return letters.render(row.locale(), row.person())
                .map(letter -> new Rendered(row.to().address(), letter, source.orElseThrow()));
    }
}
