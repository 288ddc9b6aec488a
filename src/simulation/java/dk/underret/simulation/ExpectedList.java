package dk.underret.simulation;

import java.util.ArrayList;
import java.util.List;

/** The contents of a generated recipient list. The oracle compares results with these, not with the parsed file. */
final class ExpectedList {
    /** The kind of a row. */
    enum Kind {
        /** A person who gets a letter. */
        VALID,
        /** A repeated person. */
        DUPLICATE,
        /** A person without a valid address. */
        INVALID,
        /** A person whom the list excludes ({@code do_not_write}). */
        SKIPPED
    }

    /**
     * A row.
     *
     * @param number as Excel numbers it: 2 for the first row under the header
     * @param person a number that is part of the name and the address
     */
    record Row(long number, int person, Kind kind) {
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

    private final List<Row> rows = new ArrayList<>();

    /** Generates a list of 1 to 12 rows, with people numbered from {@code firstPerson}. */
    ExpectedList(FaultPlan plan, int firstPerson) {
        var count = 1 + plan.nextInt(12);
        for (int i = 0; i < count; i++) {
            var kind = plan.chance(0.8) ? Kind.VALID : plan.pick(Kind.values());
            var person = firstPerson + i;
            if (kind == Kind.DUPLICATE) {
                var first =
                        rows.stream().filter(row -> row.kind() == Kind.VALID).findFirst();
                if (first.isPresent()) person = first.get().person();
                else kind = Kind.VALID;
            }
            rows.add(new Row(i + 2, person, kind));
        }
        if (rows.stream().noneMatch(row -> row.kind() == Kind.VALID))
            rows.add(new Row(count + 2, firstPerson + count, Kind.VALID));
    }

    List<Row> rows() {
        return rows;
    }

    String csv() {
        var text = new StringBuilder("email,name,do_not_write\n");
        rows.forEach(row -> text.append(row.csv()));
        return text.toString();
    }
}
