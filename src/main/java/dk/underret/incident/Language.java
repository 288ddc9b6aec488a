package dk.underret.incident;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the languages of Underret itself: of its findings, previews and shipped letters. A constant holds everything in code that
 * differs between languages; texts are in resource bundles ({@link #bundle}) and in {@code letters/<name>/<tag>.hbs}.
 *
 * <p>To add a language, add a constant here and run {@code LanguageTest}: it names each text and letter that is still missing.
 *
 * <p>An uploaded letter and a row of a list may be in any language, including one that is not listed here.
 */
@SuppressWarnings("ImmutableEnumChecker") // Forms and Words hold only text and unmodifiable collections.
public enum Language {
    DANISH(
            Locale.of("da", "DK"),
            new Forms("d. MMMM uuuu", "d. MMMM", "d.", "d.M.uuuu", " til ", "og", ';'),
            new Words(
                    Set.of("nej"),
                    Set.of("ja"),
                    Set.of(
                            "ingen",
                            "intet",
                            "ukendt",
                            "ved ikke",
                            "ikke relevant",
                            "se brevet",
                            "ingen konsekvenser",
                            "ingen foranstaltninger"),
                    "æøåÆØÅéÉöÖüÜäÄ",
                    Map.ofEntries(
                            Map.entry("navn", "name"),
                            Map.entry("e_mailadresse", "email"),
                            Map.entry("emailadresse", "email"),
                            Map.entry("mailadresse", "email"),
                            Map.entry("mail", "email"),
                            Map.entry("sprog", "locale"),
                            Map.entry("vedrørende", "about"),
                            Map.entry("barn", "about"),
                            Map.entry("barnets_navn", "about"),
                            Map.entry("elev", "about"),
                            Map.entry("elevens_navn", "about"),
                            Map.entry("på_vegne_af", "about"),
                            Map.entry("adresse", "address_1"),
                            Map.entry("postnr", "postcode"),
                            Map.entry("by", "city"),
                            Map.entry("land", "country")),
                    "brud|læk|angreb|hack|persondata|personoplysning|dine (data|oplysninger)|datasikkerhed"
                            + "|databeskyttelse|stjålet|misbrug|ransomware|sikkerhedshændelse|uvedkommende",
                    "cpr|personnum|helbred|sundhed|sygdom|sygehus|diagnose|journal|medicin|handicap|psyk|misbrug|graviditet"
                            + "|adgangskode|kodeord|password|pinkode|pin-kode|mitid|nemid|loginoplys"
                            + "|konto(?!r)|bank|betaling|kreditkort|dankort|hævekort|kortnum|kortoplys|\\biban\\b",
                    "indsæt|udfyld|skriv her|her skriver|her indsættes",
                    "navn|dato|adresse")),
    ENGLISH(
            Locale.UK,
            new Forms("d MMMM uuuu", "d MMMM", "d", "d MMM uuuu", " to ", "and", ','),
            new Words(
                    Set.of("no"),
                    Set.of("yes", "y"),
                    Set.of(
                            "none",
                            "nothing",
                            "unknown",
                            "n a",
                            "not applicable",
                            "see the letter",
                            "no consequences",
                            "no measures"),
                    "",
                    Map.of(
                            "e_mail", "email",
                            "email_address", "email",
                            "e_mail_address", "email",
                            "child", "about",
                            "pupil", "about",
                            "student", "about",
                            "on_behalf_of", "about"),
                    "breach|leak|attack|stolen|personal (data|information)|your (data|information)|security incident",
                    "civil registration|national id|social security|health|medical|medicine|diagnos|illness|disease|disabilit"
                            + "|pregnan|password|passcode|credential|\\bpin\\b|\\blog-?in\\b|bank|account (number|detail)"
                            + "|payment|credit card|debit card|card (number|detail)|\\biban\\b",
                    "insert|fill in",
                    "name|date|address|your [\\p{L} ]++"));

    private final Locale locale;
    private final Forms forms;
    private final Words words;

    Language(Locale locale, Forms forms, Words words) {
        this.locale = locale;
        this.forms = forms;
        this.words = words;
    }

    /**
     * Says how the language writes dates, lists and tables. Dates are patterns of {@link java.time.format.DateTimeFormatter}.
     *
     * @param date a date: day, month, year
     * @param dayAndMonth the start of a period whose end is in another month of the same year
     * @param day the start of a period whose end is in the same month
     * @param shortDate a date in its short form
     * @param to joins the two dates of a period, with the spaces around it
     * @param and joins the last two items of a list, without spaces
     * @param columnSeparator separates the columns of a CSV file for this language's spreadsheets
     */
    public record Forms(
            String date,
            String dayAndMonth,
            String day,
            String shortDate,
            String to,
            String and,
            char columnSeparator) {}

    /**
     * Holds the words by which a list, the facts or a letter in this language are understood. All words are lower case.
     *
     * @param no answers that mean no
     * @param yes answers that mean yes
     * @param nothing answers that tell nothing, without punctuation
     * @param nameLetters the letters beside A to Z that are common in names, both cases
     * @param columns canonical column names by what people write instead
     * @param breach a regular expression for what a subject says about a breach
     * @param advice a regular expression for kinds of data whose loss calls for advice: national identity numbers, health data,
     *     credentials, payment data
     * @param fillIn a regular expression for the start of an instruction in a template ({@code [Indsæt …]})
     * @param blank a regular expression for a placeholder: one word in brackets ({@code [navn]})
     */
    private record Words(
            Set<String> no,
            Set<String> yes,
            Set<String> nothing,
            String nameLetters,
            Map<String, String> columns,
            String breach,
            String advice,
            String fillIn,
            String blank) {}

    /** Returns the language of a tag such as {@code da} or {@code en-GB}; empty if it is not listed here. */
    public static Optional<Language> of(String tag) {
        var wanted = Locale.forLanguageTag(tag).getLanguage();
        return Arrays.stream(values())
                .filter(language -> language.tag().equals(wanted))
                .findFirst();
    }

    /** Returns the language that Underret speaks to a reader of this one: the same, or English if it is not listed here. */
    public static Language orEnglish(String tag) {
        return of(tag).orElse(ENGLISH);
    }

    /** Returns all tags, in the order of the constants. */
    public static List<String> tags() {
        return Arrays.stream(values()).map(Language::tag).toList();
    }

    /** Returns the language tag without a region, for example {@code da}. */
    public String tag() {
        return locale.getLanguage();
    }

    /** Returns the locale for numbers and the names of months. */
    public Locale locale() {
        return locale;
    }

    /** Returns how the language writes dates, lists and tables. */
    public Forms forms() {
        return forms;
    }

    /**
     * Returns the texts of a bundle in this language.
     *
     * @param baseName the bundle's name without the language, for example {@code dk.underret.incident.findings}
     * @throws java.util.MissingResourceException if the language has no such bundle
     */
    public ResourceBundle bundle(String baseName) {
        return ResourceBundle.getBundle(
                baseName,
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * Returns the word for the status of a letter in this language ({@code kom retur}, {@code bounced}), and a name that is no status
     * unchanged.
     *
     * @param name the status as send records have it, for example {@code BOUNCED}
     */
    public String status(String name) {
        var words = bundle("dk.underret.incident.statuses");
        return words.containsKey(name) ? words.getString(name) : name;
    }

    /** Returns the name that a language has in this one ({@code dansk}, {@code Danish}); the tag itself if it has none. */
    public String nameOf(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(locale);
    }

    /** Returns whether a text says no, in any language: {@code no}, {@code nej}, {@code false}, {@code 0}, in any case. */
    public static boolean saysNo(String text) {
        return Merged.NO.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a text says yes, in any language: {@code yes}, {@code ja}, {@code true}, {@code 1}, {@code x}, in any case. */
    public static boolean saysYes(String text) {
        return Merged.YES.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a text without punctuation tells nothing, in any language: {@code ingen}, {@code none}, in any case. */
    static boolean saysNothing(String text) {
        return Arrays.stream(values())
                .anyMatch(language -> language.words.nothing.contains(text.toLowerCase(Locale.ROOT)));
    }

    /** Returns whether a character is a common letter of names in any language. */
    public static boolean isNameLetter(int character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || Merged.NAME_LETTERS.indexOf(character) >= 0;
    }

    /** Returns the canonical column names by what people write instead, in any language. */
    public static Map<String, String> columnNames() {
        return Merged.COLUMNS;
    }

    /** Returns a regular expression for what a subject says about a breach, in any language. */
    static String breachWords() {
        return anyOf(words -> words.breach);
    }

    /** Returns a regular expression for kinds of data whose loss calls for advice, in any language. */
    static String adviceWords() {
        return anyOf(words -> words.advice);
    }

    /** Returns a regular expression for the start of an instruction in a template, in any language. */
    static String fillInWords() {
        return anyOf(words -> words.fillIn);
    }

    /** Returns a regular expression for a placeholder in any language: one word in brackets. */
    static String blankWords() {
        return anyOf(words -> words.blank);
    }

    private static String anyOf(Function<Words, String> words) {
        return Arrays.stream(values())
                .map(language -> words.apply(language.words))
                .collect(Collectors.joining("|"));
    }

    /** Holds what is asked of all languages at once, for each row of a list. */
    private static final class Merged {
        static final Set<String> NO = Arrays.stream(values())
                .flatMap(language -> Stream.concat(language.words.no.stream(), Stream.of("false", "0")))
                .collect(Collectors.toUnmodifiableSet());

        static final Set<String> YES = Arrays.stream(values())
                .flatMap(language -> Stream.concat(language.words.yes.stream(), Stream.of("true", "1", "x")))
                .collect(Collectors.toUnmodifiableSet());

        static final String NAME_LETTERS = Arrays.stream(values())
                .map(language -> language.words.nameLetters)
                .collect(Collectors.joining());

        static final Map<String, String> COLUMNS = columns();

        private static Map<String, String> columns() {
            var columns = new HashMap<String, String>();
            for (var language : values()) columns.putAll(language.words.columns);
            return Map.copyOf(columns);
        }
    }
}
