package dk.underret.intake;

import dk.underret.incident.Language;
import dk.underret.letter.BranchCoverage;
import dk.underret.recipient.Recipient;
import dk.underret.recipient.Row;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts a list's rows as they pass, and picks those whose letters show what there is to see. A few rows are held, however long
 * the list is.
 */
final class Samples {
    /** Why a letter is shown, in the order in which a reader is told. */
    enum Why {
        /** The first of the list. */
        FIRST,
        /** The first in its language. */
        LOCALE,
        /** The first to take a way at one of its letter's guards. */
        BRANCH,
        /** The longest name. */
        LONGEST_NAME,
        /** The name with the most characters that are easily spoiled. */
        SPECIAL_CHARACTERS
    }

    /**
     * A row whose letter is shown.
     *
     * @param locale of its letter
     */
    record Sample(Set<Why> why, String locale, Recipient person) {}

    /** Branches that are shown at the most; the letters of a list hardly have more. */
    private static final int MOST = 20;

    private final boolean all;
    private final Map<String, BranchCoverage> branches;
    private final TreeMap<Long, Sample> chosen = new TreeMap<>();
    private final Map<String, Long> letters = new TreeMap<>();
    private final Map<String, Long> skipped = new TreeMap<>();
    private long invalid;
    private long duplicate;
    private int longest;
    private int strangest;
    private @Nullable Sample longestName;
    private @Nullable Sample strangestName;

    private Samples(boolean all, Map<String, BranchCoverage> branches) {
        this.all = all;
        this.branches = Map.copyOf(branches);
    }

    /** The first letter in each language only: what a list that is sent has time for. */
    static Samples firsts() {
        return new Samples(false, Map.of());
    }

    /**
     * All that a preview shows.
     *
     * @param branches the branches of each letter that are to be shown, by locale; none of a letter that can't be rendered
     */
    static Samples all(Map<String, BranchCoverage> branches) {
        return new Samples(true, branches);
    }

    /** Takes in the next row. */
    void add(Row row) {
        switch (row) {
            case Row.Valid good -> look(good);
            case Row.Invalid bad -> invalid++;
            case Row.Duplicate same -> duplicate++;
            case Row.Skipped skip -> skipped.merge(skip.reason(), 1L, Long::sum);
        }
    }

    private void look(Row.Valid good) {
        var person = good.person();
        if (letters.isEmpty()) choose(Why.FIRST, good.locale(), person);
        if (letters.merge(good.locale(), 1L, Long::sum) == 1) choose(Why.LOCALE, good.locale(), person);
        if (!all) return;
        var way = branches.get(good.locale());
        if (chosen.size() < MOST && way != null && way.isNew(person)) choose(Why.BRANCH, good.locale(), person);
        var name = person.value("name");
        if (name.length() > longest) {
            longest = name.length();
            longestName = new Sample(Set.of(Why.LONGEST_NAME), good.locale(), person);
        }
        var strange = strange(name);
        if (strange > strangest) {
            strangest = strange;
            strangestName = new Sample(Set.of(Why.SPECIAL_CHARACTERS), good.locale(), person);
        }
    }

    private void choose(Why why, String locale, Recipient person) {
        var before = chosen.get(person.row());
        var all = EnumSet.of(why);
        if (before != null) all.addAll(before.why());
        chosen.put(person.row(), new Sample(all, locale, person));
    }

    /** Counts characters that are neither common letters of names nor separate the parts of a name. */
    private static int strange(String name) {
        return (int) name.codePoints()
                .filter(c -> !Language.isNameLetter(c) && " -.".indexOf(c) < 0)
                .count();
    }

    /** The rows to show, in the list's order. */
    Collection<Sample> chosen() {
        if (longestName != null) choose(Why.LONGEST_NAME, longestName.locale(), longestName.person());
        if (strangestName != null) choose(Why.SPECIAL_CHARACTERS, strangestName.locale(), strangestName.person());
        return List.copyOf(chosen.values());
    }

    /** How many letters there are in each locale. */
    Map<String, Long> letters() {
        return Collections.unmodifiableMap(letters);
    }

    /** Rows that are not to be written to, by reason. */
    Map<String, Long> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** Rows that can't be sent. */
    long invalid() {
        return invalid;
    }

    /** Rows of people who stand in an earlier row. */
    long duplicate() {
        return duplicate;
    }
}
