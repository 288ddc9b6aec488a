package dk.underret.intake;

import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a list whose rows are ended: no letter is sent, so it needs a reason only.
 *
 * @param language the locale of every row
 * @param needed whether the list must have reasons: a list of people told by post need not
 */
record ReasonNeeded(String language, boolean needed) implements LetterNeeds {
    static final String REASON = "reason";

    @Override
    public Set<String> required() {
        return needed ? Set.of(REASON) : Set.of();
    }

    @Override
    public Set<String> read() {
        return Set.of(REASON);
    }

    @Override
    public Optional<String> letter(String rowLocale) {
        return Optional.of(language);
    }

    @Override
    public List<String> missing(String locale, Recipient person) {
        return needed && person.value(REASON).isEmpty() ? List.of(REASON) : List.of();
    }

    /** None: there is no subject. */
    @Override
    public List<String> lineEnds(String locale, Recipient person) {
        return List.of();
    }
}
