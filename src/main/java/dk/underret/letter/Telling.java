package dk.underret.letter;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fact, printed, tells which part. One contact of several is enough. */
final class Telling {
    private static final Map<Part, Pattern> PATHS = Map.of(
            Part.NATURE, Pattern.compile("summary"),
            Part.DATA, Pattern.compile("affected_data(\\[])?(\\.items(\\[])?)?"),
            Part.CONSEQUENCES, Pattern.compile("consequences(\\[])?(\\.text)?"),
            Part.MEASURES, Pattern.compile("measures(\\[])?(\\.text)?"),
            Part.CONTROLLER, Pattern.compile("controller\\.name"),
            Part.CONTACT, Pattern.compile("(contacts\\[]|controller|controller\\.dpo)\\.(email|phone)"));

    private static final Map<Part, Set<String>> OWN_GUARDS = Map.of(
            Part.NATURE, Set.of("summary"),
            Part.DATA, Set.of("affected_data", "affected_data[].items"),
            Part.CONSEQUENCES, Set.of("consequences"),
            Part.MEASURES, Set.of("measures"),
            Part.CONTROLLER, Set.of("controller", "controller.name"),
            Part.CONTACT, Set.of("contacts", "controller.dpo", "controller"));

    private Telling() {}

    /** The part that a print of this path tells. */
    static Optional<Part> of(String path) {
        return PATHS.entrySet().stream()
                .filter(part -> part.getValue().matcher(path).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a guard on this path is the part's own: the block then stands for the part, filled or not. */
    static boolean guards(String path, Part part) {
        return OWN_GUARDS.getOrDefault(part, Set.of()).contains(path);
    }
}
