package dk.underret.intake;

import static dk.underret.incident.FindingCode.FOREIGN_LINK;
import static dk.underret.incident.FindingCode.LETTER_CLIPPED;
import static dk.underret.incident.FindingCode.MISSING_COLUMN;
import static dk.underret.incident.FindingCode.NO_LETTER;
import static dk.underret.incident.FindingCode.VAGUE_SUBJECT;

import dk.underret.incident.Article34;
import dk.underret.incident.FactsCheck;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.Letters;
import dk.underret.letter.MissingValueException;
import dk.underret.letter.Requirements;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.Recipient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The letters of a notice, one per locale, and what they need of a list. */
final class NoticeLetters implements LetterNeeds {
    /** What Gmail shows of a message's HTML before it cuts it off with a link to the rest: 102 KB. */
    private static final int CLIPPED_FROM = 102 * 1024;

    private static final Pattern LINK = Pattern.compile("href=\"(https://[^\"]*)\"");

    private final Incident incident;
    private final Letters letters;
    private final List<Finding> findings = new ArrayList<>();
    private final List<FrozenLetter> sources = new ArrayList<>();
    private final Map<String, LetterTemplate> templates = new TreeMap<>();
    private final Map<String, Requirements> requirements = new TreeMap<>();

    /** Loads and compiles every locale of the notice's letter. */
    NoticeLetters(Incident incident, Letters letters) {
        this.incident = incident;
        this.letters = letters;
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

    /**
     * The rows to show in a preview, none of them yet.
     *
     * @param whole whether facts and letters are sound enough for a letter to be made
     */
    Samples samples(boolean whole) {
        return Samples.all(whole ? templates : Map.of(), incident.facts());
    }

    /** The letter to one person; empty where it can't be made. */
    Optional<Letter> render(String locale, Recipient person) {
        var template = Optional.ofNullable(templates.get(locale));
        return template.flatMap(found -> render(found, person));
    }

    private Optional<Letter> render(LetterTemplate template, Recipient person) {
        try {
            return Optional.of(template.prepare(incident.facts()).render(person));
        } catch (MissingValueException e) {
            return Optional.empty();
        }
    }

    /** What is odd about the letters as they are read: by the first of each language. */
    List<Finding> read(Samples samples) {
        return samples.chosen().stream()
                .filter(sample -> sample.why().contains(Samples.Why.LOCALE))
                .flatMap(sample -> render(sample.locale(), sample.person()).stream())
                .flatMap(this::read)
                .toList();
    }

    /** The facts' own links and title have findings of their own. */
    private Stream<Finding> read(Letter letter) {
        var file = letter.locale() + ".hbs";
        var odd = new LinkedHashSet<Finding>();
        if (bytes(letter) > CLIPPED_FROM) odd.add(Finding.of(LETTER_CLIPPED, file, bytes(letter) / 1024));
        if (Article34.vague(letter.subject()) && !incident.title().equals(Optional.of(letter.subject())))
            odd.add(Finding.of(VAGUE_SUBJECT, file));
        var known = FactsCheck.findings(incident).stream()
                .filter(finding -> finding.code() == FOREIGN_LINK)
                .flatMap(finding -> finding.arguments().stream())
                .toList();
        for (var link = LINK.matcher(letter.html()); link.find(); )
            Article34.foreign(incident, link.group(1))
                    .filter(domain -> !known.contains(domain))
                    .ifPresent(domain -> odd.add(Finding.of(FOREIGN_LINK, file, domain)));
        return odd.stream();
    }

    private static int bytes(Letter letter) {
        return letter.html().getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * A text to the public that is made of the same facts; empty where there is none in this language, or the facts lack what it
     * says.
     *
     * @param name {@code website-notice} or {@code phone-script}
     */
    Optional<Letter> toThePublic(String name, String locale) {
        return letters.newest(name, locale).flatMap(source -> {
            try {
                return render(LetterTemplate.compile(source), new Recipient(0, Map.of()));
            } catch (FindingsException e) {
                return Optional.empty();
            }
        });
    }
}
