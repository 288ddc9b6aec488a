package dk.underret.recipient;

import static dk.underret.incident.FindingCode.CPR_COLUMN;
import static dk.underret.incident.FindingCode.CPR_SHAPED;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;

/** Counts what looks like CPR numbers, column by column. */
final class CprColumns {
    /** Of ten digits without a hyphen: this many in a hundred filled values, and at least two, can't be chance. */
    private static final int NEARLY_ALL = 90;

    private final Header header;
    private final boolean[] looked;
    private final long[] filled;
    private final long[] hyphenated;
    private final long[] bare;
    private final long[] firstBare;

    CprColumns(Header header, ListRules rules) {
        this.header = header;
        looked = new boolean[header.size()];
        for (var i = 0; i < looked.length; i++) looked[i] = !rules.notCpr().contains(header.name(i));
        filled = new long[looked.length];
        hyphenated = new long[looked.length];
        bare = new long[looked.length];
        firstBare = new long[looked.length];
    }

    /** Counts a filled value, and says whether it holds a number with a hyphen. */
    boolean holds(int column, String value, long row, boolean hasDigit) {
        filled[column]++;
        if (!hasDigit || value.length() < 10 || !looked[column]) return false;
        var shape = Cpr.in(value);
        if (shape == Cpr.BARE && bare[column]++ == 0) firstBare[column] = row;
        if (shape == Cpr.HYPHENATED) hyphenated[column]++;
        return shape == Cpr.HYPHENATED;
    }

    /** A column of CPR numbers refuses the list; single ones without a hyphen are warned of, at the first of them. */
    void findings(String file, Findings findings) {
        for (var i = 0; i < looked.length; i++) {
            var title = header.title(i);
            if (isColumn(i)) {
                // A column whose name says so is refused already.
                if (!Cpr.names(header.name(i))) findings.add(Finding.at(CPR_COLUMN, file, header.row(), title, title));
            } else if (bare[i] > 0) {
                findings.add(Finding.at(CPR_SHAPED, file, firstBare[i], title, title, bare[i]));
            }
        }
    }

    private boolean isColumn(int i) {
        return 2 * hyphenated[i] > filled[i] || (bare[i] > 1 && 100 * bare[i] > NEARLY_ALL * filled[i]);
    }
}
