package dk.underret.letter;

import dk.underret.incident.Language;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides conditions in a letter. Null, blank text, an empty list or object, and words that say no are false. */
final class Truthiness {
    private Truthiness() {}

    /** Returns whether a text is true. */
    static boolean of(String text) {
        var word = text.strip();
        return !word.isEmpty() && !Language.saysNo(word);
    }

    /** Returns whether a fact, a literal or the result of a helper is true. */
    static boolean of(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean answer -> answer;
            case Collection<?> items -> !items.isEmpty();
            case Map<?, ?> fields -> !fields.isEmpty();
            default -> of(Texts.of(value));
        };
    }
}
