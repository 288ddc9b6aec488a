package dk.underret.simulation;

import dk.underret.simulation.ExpectedList.Kind;
import dk.underret.simulation.ExpectedList.Line;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person decides about some of the people, whatever became of their letters so far.
 *
 * @param action {@code resend}, {@code close} or {@code posted}
 * @param people by number, each once
 */
record PersonDecision(String action, List<Integer> people) {
    /** Copies the people. */
    PersonDecision {
        people = List.copyOf(people);
    }

    /** About one half or so of everybody who is to be told. */
    static PersonDecision some(String action, FaultPlan weather, Collection<ExpectedList> rosters) {
        return new PersonDecision(
                action,
                rosters.stream()
                        .flatMap(roster -> roster.lines().stream())
                        .filter(line -> line.kind() == Kind.GOOD)
                        .map(Line::person)
                        .distinct()
                        .filter(person -> weather.chance(0.5))
                        .toList());
    }

    boolean resends() {
        return action.equals("resend");
    }

    String key() {
        return "incidents/brud/main/" + action + "/rows.csv";
    }

    String csv() {
        return people.stream()
                .map(person -> "p" + person + "@post.example," + Line.name(person) + ",by phone\n")
                .collect(Collectors.joining("", "email,name,reason\n", ""));
    }
}
