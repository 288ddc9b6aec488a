package dk.underret.letter;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import java.util.List;
import java.util.Optional;

/** Finds letter sources: uploaded ones under {@code letters/<name>/<locale>.hbs}, else the shipped ones. */
public interface Letters {
    /** Returns the newest source of a letter. An uploaded one overrides a shipped one of the same name and locale. */
    Optional<LetterSource> newest(String name, String locale);

    /** Returns the locales of a letter, sorted. */
    List<String> locales(String name);

    /**
     * Returns the source that was frozen.
     *
     * @throws IllegalStateException if that version no longer exists or its hash differs
     */
    LetterSource frozen(FrozenLetter letter);
}
