package dk.underret.recipient;

import static dk.underret.incident.FindingCode.CPR_COLUMN;
import static dk.underret.incident.FindingCode.CPR_SHAPED;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;

/** Counts the values of each column that look like CPR numbers. */
final class CprCounts {
    /** In percent of the filled values. A column with more ten-digit numbers, and at least two, holds CPR numbers. */
    private static final int COLUMN_PERCENT = 90;

    private final Header header;
    private final boolean[] checked;
    private final long[] filled;
    private final long[] hyphenated;
    private final long[] bare;
    private final long[] firstBare;

    CprCounts(Header header, ListRules rules) {
        this.header = header;
        checked = new boolean[header.size()];
        for (var i = 0; i < checked.length; i++) checked[i] = !rules.notCpr().contains(header.name(i));
        filled = new long[checked.length];
        hyphenated = new long[checked.length];
        bare = new long[checked.length];
        firstBare = new long[checked.length];
    }

    /** Counts a filled value. Returns whether it holds a number with a hyphen. */
    boolean add(int column, String value, long row, boolean hasDigit) {
        filled[column]++;
        if (!hasDigit || value.length() < 10 || !checked[column]) return false;
        var shape = CprShape.find(value);
        if (shape == CprShape.BARE && bare[column]++ == 0) firstBare[column] = row;
        if (shape == CprShape.HYPHENATED) hyphenated[column]++;
        return shape == CprShape.HYPHENATED;
    }

    /**
     * Reports each column of CPR numbers, which refuses the list. Warns of other columns with numbers without a hyphen, at the
     * row of the first one.
     */
    void report(String file, Findings findings) {
        for (var i = 0; i < checked.length; i++) {
            var title = header.title(i);
            if (holdsCprNumbers(i)) {
                // The header check already reports a column with such a name.
                if (!CprShape.isCprColumn(header.name(i)))
                    findings.add(Finding.at(CPR_COLUMN, file, header.row(), title, title));
            } else if (bare[i] > 0) {
                findings.add(Finding.at(CPR_SHAPED, file, firstBare[i], title, title, bare[i]));
            }
        }
    }

    private boolean holdsCprNumbers(int i) {
        return 2 * hyphenated[i] > filled[i] || (bare[i] > 1 && 100 * bare[i] > COLUMN_PERCENT * filled[i]);
    }
}
