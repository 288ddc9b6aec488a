package dk.underret.simulation;

import dk.underret.simulation.ExpectedList.Kind;
import dk.underret.simulation.ExpectedList.Row;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A person's decision about some of the recipients, whatever the status of their letters.
 *
 * @param action {@code resend}, {@code close} or {@code posted}
 * @param people the numbers of the recipients, each once
 */
record PersonDecision(String action, List<Integer> people) {
    /** Copies {@code people}. */
    PersonDecision {
        people = List.copyOf(people);
    }

    /** Decides about half of the valid recipients, on average. */
    static PersonDecision random(String action, FaultPlan plan, Collection<ExpectedList> expectedLists) {
        return new PersonDecision(
                action,
                expectedLists.stream()
                        .flatMap(list -> list.rows().stream())
                        .filter(row -> row.kind() == Kind.VALID)
                        .map(Row::person)
                        .distinct()
                        .filter(person -> plan.chance(0.5))
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
                .map(person -> "p" + person + "@post.example," + Row.name(person) + ",by phone\n")
                .collect(Collectors.joining("", "email,name,reason\n", ""));
    }
}
