package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice;
import dk.underret.letter.LetterSet;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
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
    /** Renders the letter to one person; empty when it can't be made, which Intake's check rules out for the rows it let through. */
    Optional<Rendered> render(Recipient person) {
        var locale = letters.localeFor(person.value("locale"));
        if (locale.isEmpty() || !(EmailAddress.parse(person.email()) instanceof EmailAddress.Valid to))
            return Optional.empty();
        var source = letters.source(locale.get());
        return letters.render(locale.get(), person)
                .map(letter -> new Rendered(to.address(), letter, source.orElseThrow()));
    }
}
