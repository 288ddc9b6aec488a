package dk.underret.intake;

import static dk.underret.incident.FindingCode.MISSING_COLUMN;
import static dk.underret.incident.FindingCode.NO_LETTER;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.Letters;
import dk.underret.letter.Requirements;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.Recipient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The letters of a notice, one per locale, and what they need of a list. */
final class NoticeLetters implements LetterNeeds {
    private final Incident incident;
    private final List<Finding> findings = new ArrayList<>();
    private final List<FrozenLetter> sources = new ArrayList<>();
    private final Map<String, LetterTemplate> templates = new TreeMap<>();
    private final Map<String, Requirements> requirements = new TreeMap<>();

    /** Loads and compiles every locale of the notice's letter. */
    NoticeLetters(Incident incident, Letters letters) {
        this.incident = incident;
        var name = incident.letter();
        for (var locale : letters.locales(name)) letters.newest(name, locale).ifPresent(this::add);
        if (!sources.stream().map(FrozenLetter::locale).toList().contains(incident.language()))
            findings.add(Finding.of(NO_LETTER, incident.language() + ".hbs", name, incident.language()));
    }

    private void add(LetterSource source) {
        sources.add(source.frozen());
        try {
            var template = LetterTemplate.compile(source);
            templates.put(source.locale(), template);
            requirements.put(source.locale(), template.requirements(incident.facts()));
        } catch (FindingsException e) {
            findings.addAll(e.findings());
        }
    }

    /** What is wrong with the letters by themselves. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What is wrong with them for these facts and columns; a column that the list lacks is reported by the list. */
    List<Finding> check(Collection<String> columns) {
        return templates.values().stream()
                .flatMap(template -> template.check(incident.facts(), new LinkedHashSet<>(columns)).stream())
                .filter(finding -> finding.code() != MISSING_COLUMN)
                .toList();
    }

    /** The letters to freeze, by locale. */
    List<FrozenLetter> frozen() {
        return List.copyOf(sources);
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
    public Optional<String> letter(String locale) {
        if (locale.isEmpty()) return Optional.of(incident.language());
        if (templates.containsKey(locale)) return Optional.of(locale);
        return incident.localeFallback() ? Optional.of(incident.language()) : Optional.empty();
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
