package dk.underret.testing;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.letter.LetterSource;
import dk.underret.letter.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Letters in memory, with all their versions. */
public final class FakeLetters implements Letters {
    private final List<LetterSource> versions = new ArrayList<>();

    /** Uploads a letter. Versions are {@code v1}, {@code v2} … */
    public FakeLetters with(String name, String locale, String text) {
        versions.add(new LetterSource(name, locale, "v" + (versions.size() + 1), text));
        return this;
    }

    @Override
    public Optional<LetterSource> newest(String name, String locale) {
        return versions.stream()
                .filter(letter -> letter.name().equals(name) && letter.locale().equals(locale))
                .reduce((older, newer) -> newer);
    }

    @Override
    public List<String> locales(String name) {
        return versions.stream()
                .filter(letter -> letter.name().equals(name))
                .map(LetterSource::locale)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public LetterSource frozen(FrozenLetter letter) {
        return versions.stream()
                .filter(version -> version.frozen().equals(letter))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such version of " + letter.name()));
    }
}
