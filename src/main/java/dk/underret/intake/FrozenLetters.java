package dk.underret.intake;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.letter.LetterSource;
import dk.underret.letter.Letters;
import java.util.List;
import java.util.Optional;

/** The letters of a notice as they were frozen, whatever was uploaded since. */
record FrozenLetters(FrozenNotice notice, Letters letters) implements Letters {
    @Override
    public Optional<LetterSource> newest(String name, String locale) {
        return notice.letters().stream()
                .filter(letter -> letter.name().equals(name) && letter.locale().equals(locale))
                .findFirst()
                .map(letters::frozen);
    }

    @Override
    public List<String> locales(String name) {
        return notice.letters().stream()
                .filter(letter -> letter.name().equals(name))
                .map(FrozenLetter::locale)
                .toList();
    }

    @Override
    public LetterSource frozen(FrozenLetter letter) {
        return letters.frozen(letter);
    }
}
