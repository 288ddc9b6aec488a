package dk.underret.letter;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import java.util.List;
import java.util.Optional;

/** Letter sources: an operator's own under {@code letters/<name>/<locale>.hbs} in the uploads bucket, else the shipped ones. */
public interface Letters {
    /** The newest source of a letter; an uploaded one hides a shipped one of the same name and locale. */
    Optional<LetterSource> newest(String name, String locale);

    /** The locales that a letter has, sorted. */
    List<String> locales(String name);

    /**
     * The very source that was frozen.
     *
     * @throws IllegalStateException when that version is gone or its hash differs
     */
    LetterSource frozen(FrozenLetter letter);
}
