package dk.underret.recipient;

import java.util.Set;

/**
 * How much a value looks like a Danish civil registration (CPR) number: a valid DDMMYY followed by four digits (CPR-kontoret,
 * "Personnummeret i CPR"). Ignores the check digit, because numbers without a valid one have been issued since 2007.
 */
enum CprShape {
    /** Holds no such number. */
    NONE,
    /** Ten digits, or six and four separated by a space. Of random ten-digit numbers, 3.7 % have this shape. */
    BARE,
    /** Six digits, a hyphen and four digits. Other data rarely has this shape. */
    HYPHENATED;

    private static final Set<String> COLUMNS =
            Set.of("cpr", "cprnr", "cprno", "cprnummer", "cprnumber", "personnr", "personnummer");
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** Returns whether a column's name says that it holds CPR numbers. */
    static boolean isCprColumn(String canonical) {
        for (var word : canonical.split("_", -1))
            if (COLUMNS.contains(word) || word.startsWith("cpr") || word.endsWith("cpr")) return true;
        return COLUMNS.contains(canonical.replace("_", ""));
    }

    /** Returns the most certain shape found in the value. */
    static CprShape find(String value) {
        var found = NONE;
        for (var i = 0; i + 10 <= value.length(); ) {
            if (!isDigit(value.charAt(i))) {
                i++;
                continue;
            }
            var end = endOfDigits(value, i);
            if (end - i == 10 && isDate(value, i)) found = BARE;
            if (end - i == 6 && isDate(value, i) && endOfDigits(value, end + 1) == end + 5) {
                if (isHyphen(value.charAt(end))) return HYPHENATED;
                if (FieldText.isSpace(value.charAt(end))) found = BARE;
            }
            i = end;
        }
        return found;
    }

    /** Returns the index after the digits that start at {@code from}. */
    private static int endOfDigits(String value, int from) {
        var end = from;
        while (end < value.length() && isDigit(value.charAt(end))) end++;
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Accepts hyphen-minus, the hyphens and dashes that word processors substitute for it, and the minus sign. */
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
