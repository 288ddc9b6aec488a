package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice;
import dk.underret.letter.LetterSet;
import dk.underret.run.ChunkRow;
import java.util.Optional;

/**
 * A frozen notice with its letters compiled. Safe for use by many threads.
 *
 * @param frozen the notice
 * @param from the sender, as the facts have it
 * @param replyTo the address for replies
 * @param letters the frozen letters
 */
record CompiledNotice(FrozenNotice frozen, String from, Optional<String> replyTo, LetterSet letters) {
    /**
     * Renders a row's letter, in the locale that Intake decided.
     *
     * @return empty when the frozen letters have none in that locale, or the row lacks a value that the letter prints: Intake lets
     *     no such row through
     */
    Optional<Rendered> render(ChunkRow.LetterRow row) {
        var source = letters.source(row.locale());
        return letters.render(row.locale(), row.person())
                .map(letter -> new Rendered(row.to().address(), letter, source.orElseThrow()));
    }
}
