package dk.underret.recipient;

import java.util.Set;

/**
 * The shape of Danish civil registration numbers: a valid DDMMYY and four digits (CPR-kontoret, "Personnummeret i CPR"). The
 * check digit isn't looked at: numbers without one have been given out since 2007.
 */
enum Cpr {
    /** None. */
    NO,
    /** Ten digits, or six and four with a space: of random ones, 3.7 % have the shape. */
    BARE,
    /** Six digits, a hyphen, four: hardly anything else. */
    HYPHENATED;

    private static final Set<String> COLUMNS =
            Set.of("cpr", "cprnr", "cprno", "cprnummer", "cprnumber", "personnr", "personnummer");
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** Whether a column's name says that CPR numbers stand in it. */
    static boolean names(String canonical) {
        for (var word : canonical.split("_", -1))
            if (COLUMNS.contains(word) || word.startsWith("cpr") || word.endsWith("cpr")) return true;
        return COLUMNS.contains(canonical.replace("_", ""));
    }

    /** The most certain shape of any number in the value. */
    static Cpr in(String value) {
        var found = NO;
        for (var i = 0; i + 10 <= value.length(); ) {
            if (!isDigit(value.charAt(i))) {
                i++;
                continue;
            }
            var end = digits(value, i);
            if (end - i == 10 && isDate(value, i)) found = BARE;
            if (end - i == 6 && end + 5 <= value.length() && isDate(value, i) && digits(value, end + 1) == end + 5) {
                if (isHyphen(value.charAt(end))) return HYPHENATED;
                if (Text.isSpace(value.charAt(end))) found = BARE;
            }
            i = end;
        }
        return found;
    }

    /** Where the digits that start at {@code from} end. */
    private static int digits(String value, int from) {
        var end = from;
        while (end < value.length() && isDigit(value.charAt(end))) end++;
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Hyphen-minus, the hyphens and dashes that word processors put in its place, and the minus sign. */
    private static boolean isHyphen(char c) {
        return c == '-' || (c >= '\u2010' && c <= '\u2015') || c == '\u2212';
    }

    private static boolean isDate(String value, int at) {
        var day = number(value, at);
        var month = number(value, at + 2);
        return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1];
    }

    private static int number(String value, int at) {
        return (value.charAt(at) - '0') * 10 + value.charAt(at + 1) - '0';
    }
}
