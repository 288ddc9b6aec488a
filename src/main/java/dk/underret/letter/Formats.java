package dk.underret.letter;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How dates, periods, lists and numbers are written in the letter's language: Danish for {@code da}, else English. A time's date
 * is the one written in it; no time zone is guessed. What is not a date or a number stays as it is.
 */
enum Formats {
    DANISH("og", "d. MMMM uuuu", "d. MMMM", "d.", "d.M.uuuu", " til ", Locale.forLanguageTag("da-DK")),
    ENGLISH("and", "d MMMM uuuu", "d MMMM", "d", "d MMM uuuu", " to ", Locale.UK);

    /** The form of a date with the month as a number or in short: {@code {{date x "short"}}}. */
    static final String SHORT = "short";

    /** 1e999999999, written plainly, would fill the memory. */
    private static final int MOST_DIGITS = 100;

    private final String and;
    private final DateTimeFormatter date;
    private final DateTimeFormatter dayAndMonth;
    private final DateTimeFormatter day;
    private final DateTimeFormatter shortDate;
    private final DateTimeFormatter month;
    private final String to;
    private final Locale locale;

    Formats(String and, String date, String dayAndMonth, String day, String shortDate, String to, Locale locale) {
        this.and = and;
        this.date = DateTimeFormatter.ofPattern(date, locale);
        this.dayAndMonth = DateTimeFormatter.ofPattern(dayAndMonth, locale);
        this.day = DateTimeFormatter.ofPattern(day, locale);
        this.shortDate = DateTimeFormatter.ofPattern(shortDate, locale);
        this.month = DateTimeFormatter.ofPattern("MMMM uuuu", locale);
        this.to = to;
        this.locale = locale;
    }

    /** The forms of a language tag. */
    static Formats of(String locale) {
        return Locale.forLanguageTag(locale).getLanguage().equals("da") ? DANISH : ENGLISH;
    }

    /** {@code 1. august 2025}, or in short {@code 1.8.2025}; English {@code 1 August 2025}, {@code 1 Aug 2025}. */
    String date(String iso, boolean shortly) {
        return day(iso).map((shortly ? shortDate : date)::format).orElseGet(() -> monthOrAsIs(iso));
    }

    /**
     * {@code 1.–10. august 2025}, in short {@code 1.8.2025 til 10.8.2025}; what is the same in both dates is written once. Without
     * an end, or with the same, one date.
     */
    String period(String from, @Nullable String to, boolean shortly) {
        if (to == null || to.isBlank() || to.equals(from)) return date(from, shortly);
        var first = day(from);
        var last = day(to);
        if (first.isEmpty() || last.isEmpty() || shortly) return date(from, shortly) + this.to + date(to, shortly);
        if (first.equals(last)) return date(from, false);
        boolean sameYear = first.get().getYear() == last.get().getYear();
        boolean sameMonth = sameYear && first.get().getMonth() == last.get().getMonth();
        if (sameMonth) return day.format(first.get()) + "\u2013" + date.format(last.get());
        return (sameYear ? dayAndMonth : date).format(first.get()) + this.to + date.format(last.get());
    }

    /** {@code a, b og c}; English {@code a, b and c}. */
    String list(List<String> words) {
        if (words.size() < 2) return String.join("", words);
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " " + and + " " + words.get(last);
    }

    /** {@code 1.234,5}; English {@code 1,234.5}. All its decimals, no more; as it is where that would be hundreds of digits. */
    String number(String text) {
        if (text.length() > MOST_DIGITS) return text;
        try {
            var number = new BigDecimal(text.strip());
            if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS) return text;
            var format = new DecimalFormat("#,##0.################", DecimalFormatSymbols.getInstance(locale));
            return format.format(number);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    /** Whether {@link #date} knows the form: ISO 8601, a date, a time or a month. */
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
