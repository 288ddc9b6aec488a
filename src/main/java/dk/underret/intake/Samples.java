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
 * Counts a list's rows and picks those whose letters show all that the letters can say. Holds only a few rows, however long the
 * list is.
 */
final class Samples {
    /** The reason why a letter is shown, in the order of the preview. */
    enum Why {
        /** It is the first of the list. */
        FIRST,
        /** It is the first in its locale. */
        LOCALE,
        /** It is the first to take a branch of its letter. */
        BRANCH,
        /** It has the longest name. */
        LONGEST_NAME,
        /** Its name has the most characters that a wrong encoding would damage. */
        SPECIAL_CHARACTERS
    }

    /**
     * A row whose letter is shown.
     *
     * @param locale the letter's locale
     */
    record Sample(Set<Why> why, String locale, Recipient person) {}

    /** The most branches to show; the letters of a list rarely have more. */
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

    /** Picks the first letter in each locale only, which is fast enough for a list that is sent. */
    static Samples firsts() {
        return new Samples(false, Map.of());
    }

    /**
     * Picks everything that a preview shows.
     *
     * @param branches the branches of each letter, by locale; none for a letter that can't be rendered
     */
    static Samples all(Map<String, BranchCoverage> branches) {
        return new Samples(true, branches);
    }

    /** Takes the next row. */
    void add(Row row) {
        switch (row) {
            case Row.Valid valid -> look(valid);
            case Row.Invalid unsent -> invalid++;
            case Row.Duplicate unsent -> duplicate++;
            case Row.Skipped unsent -> skipped.merge(unsent.reason(), 1L, Long::sum);
        }
    }

    private void look(Row.Valid valid) {
        var person = valid.person();
        if (letters.isEmpty()) choose(Why.FIRST, valid.locale(), person);
        if (letters.merge(valid.locale(), 1L, Long::sum) == 1) choose(Why.LOCALE, valid.locale(), person);
        if (!all) return;
        var branch = branches.get(valid.locale());
        if (chosen.size() < MOST && branch != null && branch.isNew(person)) choose(Why.BRANCH, valid.locale(), person);
        var name = person.value("name");
        if (name.length() > longest) {
            longest = name.length();
            longestName = new Sample(Set.of(Why.LONGEST_NAME), valid.locale(), person);
        }
        var strange = strange(name);
        if (strange > strangest) {
            strangest = strange;
            strangestName = new Sample(Set.of(Why.SPECIAL_CHARACTERS), valid.locale(), person);
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

    /** The picked rows, in the list's order. */
    Collection<Sample> chosen() {
        if (longestName != null) choose(Why.LONGEST_NAME, longestName.locale(), longestName.person());
        if (strangestName != null) choose(Why.SPECIAL_CHARACTERS, strangestName.locale(), strangestName.person());
        return List.copyOf(chosen.values());
    }

    /** The number of letters in each locale. */
    Map<String, Long> letters() {
        return Collections.unmodifiableMap(letters);
    }

    /** The number of skipped rows, by reason. */
    Map<String, Long> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** The number of rows that can't be sent. */
    long invalid() {
        return invalid;
    }

    /** The number of rows that repeat an earlier row. */
    long duplicate() {
        return duplicate;
    }
}
