package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The values that a letter requires of a row. Each row can be checked against them without rendering it.
 *
 * <p>A row that gets a part of the letter must have the values that the part prints. {@code affected_data} is the result of
 * {@code recipient.affected_data}: the row's own items, else those of the facts that apply to the row.
 */
public final class Requirements {
    private final Set<String> columns;
    private final List<Need> needs;
    private final Set<String> subject;
    private final Conditions conditions;
    private final Set<String> read;

    /**
     * For one letter with its facts.
     *
     * @param columns the columns that the list must have
     * @param read the columns that the letter reads
     * @param subject those that its subject prints
     * @param affectedData whether it reads {@code affected_data}
     */
    Requirements(
            Set<String> columns,
            Set<String> read,
            List<Need> needs,
            Set<String> subject,
            Conditions conditions,
            boolean affectedData) {
        this.columns = new TreeSet<>(columns);
        this.read = new TreeSet<>(read);
        if (affectedData) this.read.add(Conditions.AFFECTED_DATA);
        this.needs = List.copyOf(needs);
        this.subject = new TreeSet<>(subject);
        this.conditions = conditions;
    }

    /** The columns that the list must have, sorted. Their values may be empty, see {@link #missing}. */
    public Set<String> columns() {
        return Collections.unmodifiableSet(columns);
    }

    /** All columns that the letter depends on, sorted: those of {@link #columns} and optional ones, which a list may lack. */
    public Set<String> read() {
        return Collections.unmodifiableSet(read);
    }

    /** The columns whose values the letter prints for some rows at least, sorted. */
    public Set<String> printed() {
        var printed = new TreeSet<String>();
        for (Need need : needs) printed.add(need.column());
        return printed;
    }

    /** Returns the columns that this row's letter prints and the row has no value for; empty if the letter can be rendered. */
    public Set<String> missing(Recipient recipient) {
        var row = new RenderRow(recipient, conditions);
        var missing = new LinkedHashSet<String>();
        for (Need need : needs) if (need.value().isBlank(row) && need.when().test(row)) missing.add(need.column());
        return missing;
    }

    /** Returns whether the subject prints a value of the row. */
    boolean printsRowInSubject() {
        return !subject.isEmpty();
    }

    /** Returns the columns that the subject prints and that contain a line end in this row: its letter can't be rendered. */
    public Set<String> lineEndInSubject(Recipient recipient) {
        var found = new LinkedHashSet<String>();
        for (String column : subject) if (LineEnds.in(recipient.value(column))) found.add(column);
        return found;
    }

    /**
     * A value that must not be blank.
     *
     * @param column the column to report
     * @param when holds for the rows whose letter prints the value
     */
    record Need(String column, Value value, Predicate<RenderRow> when) {}
}
