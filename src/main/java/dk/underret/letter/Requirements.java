package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a letter needs of a row, so that each row can be checked without rendering it.
 *
 * <p>A value that is printed must not be empty for a row that gets that part of the letter. {@code affected_data} stands for
 * what {@code recipient.affected_data} comes to: the row's own or the facts' items for it.
 */
public final class Requirements {
    private final Set<String> columns;
    private final List<Need> needs;
    private final Set<String> subject;
    private final Conditions conditions;
    private final Set<String> read;

    /**
     * @param affected whether it asks what a person lost
     */
    Requirements(Set<String> columns, List<Need> needs, Set<String> subject, Conditions conditions, boolean affected) {
        this.columns = new TreeSet<>(columns);
        this.read = new TreeSet<>(columns);
        if (affected) read.add(Lint.AFFECTED);
        this.needs = List.copyOf(needs);
        this.subject = new TreeSet<>(subject);
        this.conditions = conditions;
    }

    /** The columns that the list must have, sorted; their values may be empty, see {@link #missing}. */
    public Set<String> columns() {
        return java.util.Collections.unmodifiableSet(columns);
    }

    /** All columns that the letter depends on, sorted: those and {@code affected_data}, which a list may be without. */
    public Set<String> read() {
        return java.util.Collections.unmodifiableSet(read);
    }

    /** The columns whose value this row lacks though its letter prints it; empty when its letter can be made. */
    public Set<String> missing(Recipient recipient) {
        var row = new RenderRow(recipient, conditions);
        var missing = new LinkedHashSet<String>();
        for (Need need : needs) if (need.value().isBlank(row) && need.when().test(row)) missing.add(need.column());
        return missing;
    }

    /** The columns that are printed in the subject and hold a line end in this row: its letter can't be made. */
    public Set<String> lineEndInSubject(Recipient recipient) {
        var found = new LinkedHashSet<String>();
        for (String column : subject) if (LineEnds.in(recipient.value(column))) found.add(column);
        return found;
    }

    /** A value that is printed for the rows that {@code when} holds for. */
    record Need(String column, Value value, Predicate<RenderRow> when) {}
}
