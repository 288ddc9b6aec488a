package dk.underret.simulation;

import java.util.ArrayList;
import java.util.List;

/** A recipient list as its uploader meant it: the oracle goes by this, not by what was read out of the file. */
final class ExpectedList {
    /** What a row is. */
    enum Kind {
        /** A person to be told. */
        GOOD,
        /** The same person again. */
        SAME,
        /** A person without an address that could be written to. */
        INVALID,
        /** A person who is not to be written to. */
        SKIPPED
    }

    /**
     * A row.
     *
     * @param row as Excel numbers it: 2 for the first under the header
     * @param person a number, which is in the name and the address
     */
    record Line(long row, int person, Kind kind) {
        String name() {
            return name(person);
        }

        static String name(int person) {
            return "Person " + person + "!";
        }

        private String csv() {
            var email = kind == Kind.INVALID ? "none" : "p" + person + "@post.example";
            return email + "," + name() + "," + (kind == Kind.SKIPPED ? "yes" : "") + "\n";
        }
    }

    private final List<Line> lines = new ArrayList<>();

    /** A list of 1 to 12 rows, of people from a number on. */
    ExpectedList(FaultPlan weather, int firstPerson) {
        var rows = 1 + weather.below(12);
        for (int i = 0; i < rows; i++) {
            var kind = weather.chance(0.8) ? Kind.GOOD : weather.one(Kind.values());
            var person = firstPerson + i;
            if (kind == Kind.SAME) {
                var before =
                        lines.stream().filter(line -> line.kind() == Kind.GOOD).findFirst();
                if (before.isPresent()) person = before.get().person();
                else kind = Kind.GOOD;
            }
            lines.add(new Line(i + 2, person, kind));
        }
        if (lines.stream().noneMatch(line -> line.kind() == Kind.GOOD))
            lines.add(new Line(rows + 2, firstPerson + rows, Kind.GOOD));
    }

    List<Line> lines() {
        return lines;
    }

    String csv() {
        var text = new StringBuilder("email,name,do_not_write\n");
        lines.forEach(line -> text.append(line.csv()));
        return text.toString();
    }
}
