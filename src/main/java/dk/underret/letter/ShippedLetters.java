package dk.underret.letter;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the letters that ship with Underret, in each {@link Language}: {@code letters/<name>/<locale>.hbs} on the class path. */
public final class ShippedLetters implements Letters {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Creates a reader of the letters of this version of Underret. */
    public ShippedLetters() {}

    @Override
    public Optional<LetterSource> newest(String name, String locale) {
        if (!NAME.matcher(name).matches() || !Language.tags().contains(locale)) return Optional.empty();
        try (var in = ShippedLetters.class.getResourceAsStream("/letters/" + name + "/" + locale + ".hbs")) {
            if (in == null) return Optional.empty();
            return Optional.of(LetterSource.read(name, locale, LetterSource.SHIPPED, in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> locales(String name) {
        return Language.tags().stream()
                .filter(locale -> newest(name, locale).isPresent())
                .sorted()
                .toList();
    }

    @Override
    public LetterSource frozen(FrozenLetter letter) {
        return newest(letter.name(), letter.locale())
                .filter(source -> source.frozen().equals(letter))
                .orElseThrow(() -> new IllegalStateException("the frozen letter " + letter.name() + "/"
                        + letter.locale() + " is not the one that ships now"));
    }
}
