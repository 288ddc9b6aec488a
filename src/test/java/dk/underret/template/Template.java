package dk.underret.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The template's YAML as maps, lists and scalars, with {@code !Ref X} as {@code {Ref: X}} and
 * {@code !Sub X} as {@code {Fn::Sub: X}}.
 */
record Template(Map<String, Object> root) {
    static final Path FILE = Path.of("template.yaml");

    private static final Pattern NAMED = Pattern.compile("\\$\\{(\\w+)(?:\\.\\w+)?}.*");

    /** Reads the project's template. */
    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Template of(String text) {
        return new Template(new Yaml(new Intrinsics(new LoaderOptions())).load(text));
    }

    /** A resource of the template. */
    record Resource(String name, String type, Map<String, Object> attributes) {
        Map<String, Object> properties() {
            return map(attributes.get("Properties"));
        }

        /** Returns the value at a path of property names; empty if it doesn't exist. */
        Optional<Object> at(String... path) {
            Object value = properties();
            for (var step : path) {
                if (!(value instanceof Map<?, ?> map) || !map.containsKey(step)) return Optional.empty();
                value = map.get(step);
            }
            return Optional.of(value);
        }
    }

    Map<String, Object> section(String name) {
        return map(root.get(name));
    }

    Stream<Resource> resources() {
        return section("Resources").entrySet().stream().map(entry -> {
            var attributes = map(entry.getValue());
            return new Resource(entry.getKey(), (String) attributes.get("Type"), attributes);
        });
    }

    Stream<Resource> resources(String... types) {
        return resources().filter(resource -> List.of(types).contains(resource.type()));
    }

    Resource resource(String name) {
        return resources()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the template has no resource " + name));
    }

    Stream<Resource> functions() {
        return resources("AWS::Serverless::Function");
    }

    /** Returns the events of a function by name. */
    static Map<String, Map<String, Object>> events(Resource function) {
        var events = new TreeMap<String, Map<String, Object>>();
        function.at("Events").ifPresent(all -> map(all).forEach((name, event) -> events.put(name, map(event))));
        return events;
    }

    /** Returns the resource, parameter or pseudo parameter that {@code !Ref X}, {@code !GetAtt X.Arn} or {@code !Sub "${X.Arn}…"} names. */
    static String referred(Object value) {
        if (!(value instanceof Map<?, ?> intrinsic)) return "";
        if (intrinsic.get("Ref") instanceof String name) return name;
        if (intrinsic.get("Fn::GetAtt") instanceof String attribute)
            return attribute.split("\\.", 2)[0];
        if (intrinsic.get("Fn::Sub") instanceof String text) {
            var named = NAMED.matcher(text);
            if (named.matches()) return named.group(1);
        }
        return "";
    }

    @SuppressWarnings("unchecked") // keys of a YAML mapping in a template are strings
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** Returns a list unchanged and any other value as a list of one. CloudFormation accepts both in policies. */
    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    /** Expands the short forms of CloudFormation's functions. */
    private static final class Intrinsics extends SafeConstructor {
        Intrinsics(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    var name = node.getTag().getValue().substring(1);
                    return Map.of(name.equals("Ref") ? "Ref" : "Fn::" + name, argument(node));
                }
            });
        }

        private Object argument(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalArgumentException("unexpected node " + node.getNodeId());
            };
        }
    }
}
