package dk.underret.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Looks up paths in {@code incident.schema.json}, the schema of facts, which is also published for editors.
 *
 * <p>A path joins names with dots; {@code []} steps into a list: {@code controller.dpo.phone}, {@code measures}, {@code
 * measures[]}, {@code measures[].text}, {@code affected_data[].items[]}. Under a condition ({@code sections[].only_if}) any column
 * name is a path.
 */
public final class FactsSchema {
    private static final JsonNode ROOT = load();

    private FactsSchema() {}

    /** The kind of value at a path. */
    public enum Kind {
        /** A string, including enums. */
        TEXT,
        /** A date or a time, ISO 8601, as a string. */
        MOMENT,
        NUMBER,
        YES_NO,
        LIST,
        OBJECT
    }

    /** Returns whether the schema has this path. Facts may have other fields, for an operator's own letters. */
    public static boolean knows(String path) {
        return kind(path).isPresent();
    }

    /** Returns the kind of value at a path; empty if the schema doesn't have the path. */
    public static Optional<Kind> kind(String path) {
        return at(path).map(FactsSchema::kindOf);
    }

    /** Returns the name of the shared form ({@code email}, {@code moment}, …) that a path's value must have; empty if it has none. */
    static String form(String path) {
        return unresolved(path)
                .map(node -> node.path("$ref").asText().replace("#/$defs/", ""))
                .orElse("");
    }

    /** Returns the schema, for {@code FactsCheck}. */
    static JsonNode root() {
        return ROOT;
    }

    private static Optional<JsonNode> at(String path) {
        return unresolved(path).map(FactsSchema::resolved);
    }

    private static Optional<JsonNode> unresolved(String path) {
        if (path.isEmpty()) return Optional.of(ROOT);
        JsonNode node = ROOT;
        for (String step : path.replace("[]", ".[]").split("\\.", -1)) {
            node = resolved(node);
            JsonNode next = step.equals("[]")
                    ? node.path("items")
                    : node.path("properties").path(step);
            if (next.isMissingNode() && !step.equals("[]")) next = node.path("additionalProperties");
            if (!next.isObject()) return Optional.empty();
            node = next;
        }
        return Optional.of(node);
    }

    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : ROOT.at(reference.substring(1));
    }

    private static Kind kindOf(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "object" -> Kind.OBJECT;
            case "array" -> Kind.LIST;
            case "integer", "number" -> Kind.NUMBER;
            case "boolean" -> Kind.YES_NO;
            default -> node.equals(ROOT.at("/$defs/moment")) ? Kind.MOMENT : Kind.TEXT;
        };
    }

    private static JsonNode load() {
        try (var in = FactsSchema.class.getResourceAsStream("/incident.schema.json")) {
            if (in == null) throw new IllegalStateException("incident.schema.json is not on the class path");
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
