package dk.underret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Language;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that every {@link Language} is complete. When a language is added, each failure names a missing file or text. */
class LanguageTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final List<Path> BUNDLES = List.of(
            RESOURCES.resolve("dk/underret/incident/findings"),
            RESOURCES.resolve("dk/underret/incident/statuses"),
            RESOURCES.resolve("dk/underret/intake/preview"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");

    /** Literal text in a {@link java.text.MessageFormat} pattern: a text in single quotes, or two quotes, which mean one. */
    private static final Pattern LITERAL = Pattern.compile("''|'[^']*'");

    @ParameterizedTest
    @EnumSource
    void has_every_text_with_the_same_placeholders(Language language) throws IOException {
        var missing = new ArrayList<String>();
        for (var bundle : BUNDLES) {
            var file = file(bundle, language);
            if (!Files.exists(file)) {
                missing.add(file + " is missing");
                continue;
            }
            var texts = texts(file);
            var english = texts(file(bundle, Language.ENGLISH));
            var keys = new TreeSet<>(english.keySet());
            keys.addAll(texts.keySet());
            for (var key : keys)
                if (!texts.containsKey(key)) missing.add(file + " has no text for " + key);
                else if (!english.containsKey(key)) missing.add(file + " has a text for " + key + ", English has none");
                else if (!texts.get(key).equals(english.get(key)))
                    missing.add(file + " has other placeholders in " + key + " than English: " + texts.get(key)
                            + " instead of " + english.get(key));
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void has_every_shipped_letter(Language language) throws Exception {
        var missing = new ArrayList<Path>();
        try (var letters = Files.list(RESOURCES.resolve("letters"))) {
            for (var letter : letters.sorted().toList()) {
                var file = letter.resolve(language.tag() + ".hbs");
                if (Files.exists(file)) compile(letter.getFileName().toString(), language.tag(), file);
                else missing.add(file);
            }
        }
        assertThat(missing).as("missing letters").isEmpty();
    }

    private static void compile(String name, String tag, Path file) throws IOException, FindingsException {
        try (var in = Files.newInputStream(file)) {
            LetterTemplate.compile(LetterSource.read(name, tag, LetterSource.SHIPPED, in));
        }
    }

    @Test
    void the_schema_allows_exactly_the_languages() throws IOException {
        var schema = new ObjectMapper()
                .readTree(RESOURCES.resolve("incident.schema.json").toFile());
        assertThat(schema.at("/$defs/language/enum"))
                .as("$defs.language of incident.schema.json")
                .extracting(tag -> tag.asText())
                .containsExactlyElementsOf(Language.tags());
    }

    @Test
    void the_template_allows_exactly_the_languages() throws IOException {
        var allowed = Pattern.compile("(?m)^  Language:\\R(?:    .*\\R)*?    AllowedValues: (.*)$")
                .matcher(Files.readString(Path.of("template.yaml")));
        assertThat(allowed.find()).isTrue();
        assertThat(allowed.group(1))
                .as("parameter Language of template.yaml")
                .isEqualTo("[%s]", String.join(", ", Language.tags()));
    }

    private static Path file(Path bundle, Language language) {
        return bundle.resolveSibling(bundle.getFileName() + "_" + language.tag() + ".properties");
    }

    /** Returns the numbers of the placeholders in each text, by key. */
    private static TreeMap<String, TreeSet<String>> texts(Path file) throws IOException {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        var texts = new TreeMap<String, TreeSet<String>>();
        for (var key : properties.stringPropertyNames()) {
            var numbers = new TreeSet<String>();
            PLACEHOLDER
                    .matcher(LITERAL.matcher(properties.getProperty(key)).replaceAll(""))
                    .results()
                    .forEach(found -> numbers.add(found.group(1)));
            texts.put(key, numbers);
        }
        return texts;
    }
}
