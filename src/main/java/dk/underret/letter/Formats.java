package dk.underret.letter;

import dk.underret.incident.Language;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Formats dates, periods, lists and numbers in a letter's language. Languages of {@link Language} use its forms; any other language
 * uses the JDK's locale data (CLDR).
 *
 * <p>The date of a time is the date written in it; no time zone is assumed. A text that is neither a date nor a number is returned
 * unchanged.
 */
final class Formats {
    /** Asks for a date with the month as a number or abbreviated: {@code {{date x "short"}}}. */
    static final String SHORT = "short";

    /** Limits the digits of a number: 1e999999999, written plainly, would fill the memory. */
    private static final int MOST_DIGITS = 100;

    private static final int MOST_DECIMALS = 16;

    private final Locale locale;
    private final DateTimeFormatter date;
    private final DateTimeFormatter shortDate;
    private final DateTimeFormatter month;

    /** Empty for a language whose dates may put the year or the month first: there a period has both dates in full. */
    private final Optional<PeriodStarts> starts;

    private final String to;

    /** Comes before the last item of a list; empty if the word is unknown, because the locale data of Java 21 doesn't have it. */
    private final Optional<String> and;

    private Formats(Language language) {
        var forms = language.forms();
        locale = language.locale();
        date = pattern(forms.date());
        shortDate = pattern(forms.shortDate());
        month = pattern("MMMM uuuu");
        starts = Optional.of(new PeriodStarts(pattern(forms.day()), pattern(forms.dayAndMonth())));
        to = forms.to();
        and = Optional.of(forms.and());
    }

    private Formats(Locale locale) {
        this.locale = locale;
        date = localized(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG));
        shortDate = localized(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM));
        month = localized(DateTimeFormatter.ofLocalizedPattern("yMMMM"));
        starts = Optional.empty();
        to = " \u2013 ";
        and = Optional.empty();
    }

    /**
     * Formats the first date of a period without the parts that the last one repeats.
     *
     * @param day if both are in the same month
     * @param dayAndMonth if both are in the same year
     */
    private record PeriodStarts(DateTimeFormatter day, DateTimeFormatter dayAndMonth) {}

    /** Returns the formats of a language tag that is {@linkplain #isKnown known}. */
    static Formats of(String tag) {
        return Language.of(tag).map(Formats::new).orElseGet(() -> new Formats(Locale.forLanguageTag(tag)));
    }

    /** Returns whether a text is a well-formed language tag (BCP 47) of a language that the JDK has locale data for. */
    static boolean isKnown(String tag) {
        try {
            var language = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
            return Language.of(language).isPresent() || LocaleData.LANGUAGES.contains(language);
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    /** Built only for a letter in a language that Underret doesn't have. */
    private static final class LocaleData {
        static final Set<String> LANGUAGES = Arrays.stream(Locale.getAvailableLocales())
                .map(Locale::getLanguage)
                .filter(language -> !language.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale);
    }

    /** Numbers in dates have the same digits as other numbers. */
    private DateTimeFormatter localized(DateTimeFormatter formatter) {
        return formatter.withLocale(locale).withDecimalStyle(DecimalStyle.of(locale));
    }

    /** Returns {@code 1. august 2025}, or in short {@code 1.8.2025}; English {@code 1 August 2025}, {@code 1 Aug 2025}. */
    String date(String iso, boolean shortly) {
        return day(iso).map((shortly ? shortDate : date)::format).orElseGet(() -> monthOrAsIs(iso));
    }

    /**
     * Returns {@code 1.–10. august 2025}, in short {@code 1.8.2025 til 10.8.2025}. A month or year that both dates share is written
     * once. Without an end, or if both dates are the same, returns one date.
     */
    String period(String from, @Nullable String to, boolean shortly) {
        if (to == null || to.isBlank() || to.equals(from)) return date(from, shortly);
        var first = day(from);
        var last = day(to);
        if (first.isEmpty() || last.isEmpty() || shortly) return date(from, shortly) + this.to + date(to, shortly);
        if (first.equals(last)) return date(from, false);
        return period(first.get(), last.get());
    }

    private String period(LocalDate first, LocalDate last) {
        boolean sameYear = first.getYear() == last.getYear();
        boolean sameMonth = sameYear && first.getMonth() == last.getMonth();
        if (sameMonth && starts.isPresent()) return starts.get().day().format(first) + "\u2013" + date.format(last);
        var start =
                starts.filter(known -> sameYear).map(PeriodStarts::dayAndMonth).orElse(date);
        return start.format(first) + to + date.format(last);
    }

    /** Returns {@code a, b og c}; English {@code a, b and c}; other languages {@code a, b, c}. */
    String list(List<String> words) {
        if (words.size() < 2 || and.isEmpty()) return String.join(", ", words);
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " " + and.get() + " " + words.get(last);
    }

    /**
     * Returns {@code 1.234,5}; English {@code 1,234.5}: all decimals up to 16, without trailing zeros. A number of more than 100
     * digits is returned unchanged.
     */
    String number(String text) {
        if (text.length() > MOST_DIGITS) return text;
        try {
            var number = new BigDecimal(text.strip());
            if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS) return text;
            var format = NumberFormat.getNumberInstance(locale);
            format.setMaximumFractionDigits(MOST_DECIMALS);
            return format.format(number);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    /** Returns whether {@link #date} knows the form: ISO 8601, a date, a time or a month. */
    static boolean isDate(String text) {
        return day(text).isPresent() || month(text).isPresent();
    }

    private String monthOrAsIs(String text) {
        return month(text).map(month::format).orElse(text);
    }

    private static Optional<LocalDate> day(String text) {
        var day = text.strip();
        if (day.length() < 10 || (day.length() > 10 && day.charAt(10) != 'T')) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(day.substring(0, 10)));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    private static Optional<YearMonth> month(String text) {
        try {
            return Optional.of(YearMonth.parse(text.strip()));
        } catch (DateTimeException notAMonth) {
            return Optional.empty();
        }
    }
}
