package dk.underret.letter;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Maps the facts that a letter prints to the required content that they state. One contact of several is enough. */
final class ContentPaths {
    private static final Map<RequiredContent, Pattern> PATHS = Map.of(
            RequiredContent.NATURE, Pattern.compile("summary"),
            RequiredContent.DATA, Pattern.compile("affected_data(\\[])?(\\.items(\\[])?)?"),
            RequiredContent.CONSEQUENCES, Pattern.compile("consequences(\\[])?(\\.text)?"),
            RequiredContent.MEASURES, Pattern.compile("measures(\\[])?(\\.text)?"),
            RequiredContent.CONTROLLER, Pattern.compile("controller\\.name"),
            RequiredContent.CONTACT, Pattern.compile("(contacts\\[]|controller|controller\\.dpo)\\.(email|phone)"));

    private static final Map<RequiredContent, Set<String>> GUARDS = Map.of(
            RequiredContent.NATURE, Set.of("summary"),
            RequiredContent.DATA, Set.of("affected_data", "affected_data[].items"),
            RequiredContent.CONSEQUENCES, Set.of("consequences"),
            RequiredContent.MEASURES, Set.of("measures"),
            RequiredContent.CONTROLLER, Set.of("controller", "controller.name"),
            RequiredContent.CONTACT, Set.of("contacts", "controller.dpo", "controller"));

    private ContentPaths() {}

    /** Returns the content that the fact at this path states; empty for any other fact. */
    static Optional<RequiredContent> contentAt(String path) {
        return PATHS.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(path).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a block that asks for this fact asks only if the facts have this content. */
    static boolean isGuard(String path, RequiredContent content) {
        return GUARDS.getOrDefault(content, Set.of()).contains(path);
    }
}
