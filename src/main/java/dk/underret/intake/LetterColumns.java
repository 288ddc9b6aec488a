package dk.underret.intake;

import dk.underret.letter.LetterSet;
import dk.underret.letter.Requirements;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.Recipient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns that the letters of a notice need of its recipient list. */
final class LetterColumns implements LetterNeeds {
    private final LetterSet letters;
    private final Map<String, Requirements> requirements;

    LetterColumns(LetterSet letters) {
        this.letters = letters;
        this.requirements = letters.requirements();
    }

    @Override
    public Set<String> required() {
        var columns = new LinkedHashSet<String>();
        requirements.values().forEach(needs -> columns.addAll(needs.columns()));
        return columns;
    }

    @Override
    public Set<String> read() {
        var columns = new LinkedHashSet<String>();
        requirements.values().forEach(needs -> columns.addAll(needs.read()));
        return columns;
    }

    @Override
    public Set<String> printed() {
        var columns = new LinkedHashSet<String>();
        requirements.values().forEach(needs -> columns.addAll(needs.printed()));
        return columns;
    }

    @Override
    public Optional<String> letter(String rowLocale) {
        return letters.localeFor(rowLocale);
    }

    @Override
    public List<String> missing(String locale, Recipient person) {
        var needs = requirements.get(locale);
        return needs == null ? List.of() : List.copyOf(needs.missing(person));
    }

    @Override
    public List<String> lineEnds(String locale, Recipient person) {
        var needs = requirements.get(locale);
        return needs == null ? List.of() : List.copyOf(needs.lineEndInSubject(person));
    }
}
