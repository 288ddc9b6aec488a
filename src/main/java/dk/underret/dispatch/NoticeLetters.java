package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.letter.Letter;
import dk.underret.letter.MissingValueException;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A frozen notice with its letters compiled. Safe for use by many threads.
 *
 * @param frozen the notice
 * @param from the sender, as the facts have it
 * @param replyTo where answers go
 * @param language the notice's own
 * @param fallback whether a row whose locale has no letter gets the one in the notice's language
 * @param letters one for each locale
 */
record NoticeLetters(
        FrozenNotice frozen,
        String from,
        Optional<String> replyTo,
        String language,
        boolean fallback,
        List<Prepared> letters) {
    /** Copies the letters. */
    NoticeLetters {
        letters = List.copyOf(letters);
    }

    /** The letter to one person; empty when it can't be made, which Intake's check rules out for the rows it let through. */
    Optional<Rendered> render(Recipient person) {
        var letter = letter(person.value("locale"));
        if (letter.isEmpty() || !(EmailAddress.parse(person.email()) instanceof EmailAddress.Valid good))
            return Optional.empty();
        try {
            return Optional.of(new Rendered(
                    good.address(),
                    letter.get().render().apply(person),
                    letter.get().source()));
        } catch (MissingValueException e) {
            return Optional.empty();
        }
    }

    private Optional<Prepared> letter(String rowLocale) {
        var locale = rowLocale.strip();
        var own = in(locale.isEmpty() ? language : locale);
        return own.isEmpty() && fallback ? in(language) : own;
    }

    private Optional<Prepared> in(String locale) {
        return letters.stream()
                .filter(letter -> letter.source().locale().equals(locale.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * One letter with its facts.
     *
     * @param source which one
     * @param render makes it for one person
     */
    record Prepared(FrozenLetter source, Function<Recipient, Letter> render) {}
}
