package dk.underret.letter;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fact, printed, tells which part. One contact of several is enough. */
final class ContentPaths {
    private static final Map<RequiredContent, Pattern> PATHS = Map.of(
            RequiredContent.NATURE, Pattern.compile("summary"),
            RequiredContent.DATA, Pattern.compile("affected_data(\\[])?(\\.items(\\[])?)?"),
            RequiredContent.CONSEQUENCES, Pattern.compile("consequences(\\[])?(\\.text)?"),
            RequiredContent.MEASURES, Pattern.compile("measures(\\[])?(\\.text)?"),
            RequiredContent.CONTROLLER, Pattern.compile("controller\\.name"),
            RequiredContent.CONTACT, Pattern.compile("(contacts\\[]|controller|controller\\.dpo)\\.(email|phone)"));

    private static final Map<RequiredContent, Set<String>> OWN_GUARDS = Map.of(
            RequiredContent.NATURE, Set.of("summary"),
            RequiredContent.DATA, Set.of("affected_data", "affected_data[].items"),
            RequiredContent.CONSEQUENCES, Set.of("consequences"),
            RequiredContent.MEASURES, Set.of("measures"),
            RequiredContent.CONTROLLER, Set.of("controller", "controller.name"),
            RequiredContent.CONTACT, Set.of("contacts", "controller.dpo", "controller"));

    private ContentPaths() {}

    /** The part that a print of this path tells. */
    static Optional<RequiredContent> of(String path) {
        return PATHS.entrySet().stream()
                .filter(part -> part.getValue().matcher(path).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a guard on this path is the part's own: the block then stands for the part, filled or not. */
    static boolean guards(String path, RequiredContent part) {
        return OWN_GUARDS.getOrDefault(part, Set.of()).contains(path);
    }
}
