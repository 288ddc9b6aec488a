package dk.underret.letter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the columns that a letter reads, each with the line of its first use. */
final class ColumnReads {
    private final Conditions conditions;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private boolean affectedData;

    ColumnReads(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Adds a column that the letter names. */
    void add(String column, int line) {
        lines.putIfAbsent(column, line);
    }

    /** Adds the columns that decide which sections a row gets. */
    void addSectionColumns(int line) {
        conditions.sectionColumns().forEach(column -> add(column, line));
    }

    /** Adds {@code affected_data} and the columns that decide which of the facts' items apply to a row. */
    void addAffectedData(int line) {
        affectedData = true;
        conditions.affectedColumns().forEach(column -> add(column, line));
    }

    /** The lines by column, in the order of the letter; without {@code affected_data}, which a list may lack. */
    Map<String, Integer> lines() {
        return Collections.unmodifiableMap(lines);
    }

    /** Whether the letter reads {@code affected_data}. */
    boolean readsAffectedData() {
        return affectedData;
    }
}
