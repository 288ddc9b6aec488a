package dk.underret.letter;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What counts as empty in a letter: nothing, blank text, no items, and the words by which a person says no. */
final class Truthiness {
    private static final Set<String> NO = Set.of("", "no", "nej", "false", "0");

    private Truthiness() {}

    /** Whether a guard on this text lets its block be printed. */
    static boolean of(String text) {
        return !NO.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether a guard on this fact, literal or answer lets its block be printed. */
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
