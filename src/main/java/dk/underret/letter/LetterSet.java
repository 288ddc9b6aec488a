package dk.underret.letter;

import static dk.underret.incident.FindingCode.NO_LETTER;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.incident.Moment;
import dk.underret.recipient.Recipient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The letters of one notice, one for each locale, with the frozen facts that they print. Decides which of them a row gets.
 *
 * <p>Intake builds the set from the newest sources ({@link #newest}), asks {@link #localeFor} once for each row and writes the
 * answer into the chunk. Dispatch builds it from the frozen versions ({@link #frozen}) and renders the letter of that locale.
 *
 * <p>Locales are language tags, which compare without regard to case (RFC 5646, section 2.1.1). Every method takes a locale in
 * any case and returns it as the letter's file name spells it. Immutable and thread-safe.
 */
public final class LetterSet {
    /** The fact with the letter's date, which the facts may set. */
    private static final String LETTER_DATE = "letter_date";

    private final String language;
    private final boolean fallback;
    private final Map<String, Object> facts;
    private final List<Finding> findings = new ArrayList<>();
    private final List<FrozenLetter> sources = new ArrayList<>();

    /** The letters that compile, by {@link #canonical} locale. */
    private final Map<String, Compiled> compiled = new TreeMap<>();

    private LetterSet(Incident incident, Instant at) {
        language = incident.language();
        fallback = incident.localeFallback();
        facts = dated(incident.frozenFacts(), at);
    }

    /** Adds the date that a letter carries. It isn't part of what is frozen, since it follows from when that was. */
    private static Map<String, Object> dated(Map<String, Object> facts, Instant at) {
        var dated = new LinkedHashMap<>(facts);
        dated.putIfAbsent(LETTER_DATE, LocalDate.ofInstant(at, Moment.ZONE).toString());
        return Collections.unmodifiableMap(dated);
    }

    /**
     * Compiles the newest source of every locale of the notice's letter. Reports faults as {@link #findings}.
     *
     * @param now the date of the letters, unless the facts have a {@code letter_date}
     */
    public static LetterSet newest(Incident incident, Letters letters, Instant now) {
        var set = new LetterSet(incident, now);
        var name = incident.letter();
        for (var locale : letters.locales(name)) letters.newest(name, locale).ifPresent(set::check);
        if (set.source(set.language).isEmpty())
            set.findings.add(Finding.of(NO_LETTER, set.language + ".hbs", name, set.language));
        return set;
    }

    /**
     * Compiles the versions that a notice was frozen with. The letters carry the date of the freezing, also if they are sent later.
     *
     * @throws FindingsException when one of them does not compile
     * @throws IllegalStateException when one of them is gone, or is not the version that was frozen
     */
    public static LetterSet frozen(FrozenNotice notice, Letters letters) throws FindingsException {
        var set = new LetterSet(Incident.of(notice), notice.at());
        for (var letter : notice.letters()) set.add(letter, letters.frozen(letter));
        return set;
    }

    private void check(LetterSource source) {
        var letter = source.frozen();
        try {
            var same = source(letter.locale());
            if (same.isPresent()) throw sameLocale(source, same.get());
            add(letter, source);
        } catch (FindingsException e) {
            sources.add(letter);
            findings.addAll(e.findings());
        }
    }

    private void add(FrozenLetter letter, LetterSource source) throws FindingsException {
        var template = LetterTemplate.compile(source);
        sources.add(letter);
        compiled.put(canonical(letter.locale()), new Compiled(letter, template, template.prepare(facts)));
    }

    /** S3 keys differ by case and locales do not: nobody can say which of two such letters a row should get. */
    private static FindingsException sameLocale(LetterSource source, FrozenLetter other) {
        var findings = new LetterFindings(source.file());
        findings.add(0, other.locale() + ".hbs", LetterFindings.LetterFault.SAME_LOCALE);
        return new FindingsException(findings.all());
    }

    /** The only place that says when two locales are the same: {@code en_GB} is a common way to write {@code en-GB}. */
    private static String canonical(String locale) {
        return locale.strip().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Returns the letter of a locale, or of the locale without its last subtags: {@code en} for {@code en-GB} (RFC 4647, 3.4). */
    private Optional<Compiled> lookup(String locale) {
        for (var range = canonical(locale); !range.isEmpty(); range = parent(range)) {
            var letter = compiled.get(range);
            if (letter != null) return Optional.of(letter);
        }
        return Optional.empty();
    }

    private static String parent(String range) {
        return range.substring(0, Math.max(range.lastIndexOf('-'), 0));
    }

    /** Everything that is wrong with the letters by themselves, and {@code NO_LETTER} where the notice's language has none. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The letters to freeze, by locale; those with a fault too. */
    public List<FrozenLetter> sources() {
        return List.copyOf(sources);
    }

    /**
     * The locale of the letter that a row gets: the letter of the row's own locale, else of its language alone ({@code en} for
     * {@code en-GB} or {@code en_GB}); the letter of the notice's language where the row names no locale. A locale without a
     * letter gets the notice's language if the facts allow it ({@code locale_fallback}).
     *
     * @param rowLocale as the list has it; may be empty
     * @return empty when there is no letter for the row
     */
    public Optional<String> localeFor(String rowLocale) {
        if (rowLocale.isBlank()) return Optional.of(language);
        var letter = lookup(rowLocale);
        if (letter.isPresent()) return Optional.of(letter.get().source().locale());
        return fallback ? Optional.of(language) : Optional.empty();
    }

    /** The source of the letter in a locale; empty when the set has none. */
    public Optional<FrozenLetter> source(String locale) {
        return sources.stream()
                .filter(letter -> canonical(letter.locale()).equals(canonical(locale)))
                .findFirst();
    }

    /**
     * Renders the letter to one person.
     *
     * @param locale the letter's, as {@link #localeFor} said
     * @return empty when the set has no letter in this locale, or the row lacks a value that the letter prints
     */
    public Optional<Letter> render(String locale, Recipient person) {
        var letter = compiled.get(canonical(locale));
        if (letter == null) return Optional.empty();
        try {
            return Optional.of(letter.prepared().render(person));
        } catch (MissingValueException e) {
            return Optional.empty();
        }
    }

    /** Checks the letters against the facts and the list's columns, by their canonical names. */
    public List<Finding> check(Collection<String> columns) {
        return compiled.values().stream()
                .flatMap(letter -> letter.template().check(facts, new LinkedHashSet<>(columns)).stream())
                .toList();
    }

    /** What each letter needs of a row, by locale. */
    public Map<String, Requirements> requirements() {
        return each(letter -> letter.template().requirements(facts));
    }

    /** Returns whether every letter in a locale has a subject that prints nothing of its row. */
    public boolean hasSharedSubject(String locale) {
        var letter = compiled.get(canonical(locale));
        return letter != null && !letter.template().requirements(facts).printsRowInSubject();
    }

    /** Picks rows that show each letter's branches, by locale; new at each call. */
    public Map<String, BranchCoverage> branches() {
        return each(letter -> new BranchCoverage(letter.template(), facts));
    }

    private <T> Map<String, T> each(Function<Compiled, T> value) {
        return compiled.values().stream()
                .collect(
                        Collectors.toMap(letter -> letter.source().locale(), value, (one, other) -> one, TreeMap::new));
    }

    private record Compiled(FrozenLetter source, LetterTemplate template, PreparedLetter prepared) {}
}
