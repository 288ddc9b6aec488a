package dk.underret.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The input of a local run, from the system properties.
 *
 * @param sample whether the input is the project's sample, whose letters the console may show
 * @param incident id of the incident
 * @param facts shared facts, with the requested letter
 * @param notice the notice's own facts, if any
 * @param list file of the recipient list
 * @param letter file of the user's own letter; empty for a shipped letter
 * @param besideFacts whether that file was found beside the facts, where its translations are looked up as well
 * @param locale locale of the letter
 * @param names names of the files, for findings
 */
record RunInput(
        boolean sample,
        String incident,
        Map<String, Object> facts,
        Optional<Map<String, Object>> notice,
        Path list,
        Optional<Path> letter,
        boolean besideFacts,
        String locale,
        ResultFinding.Files names) {
    /** The id of the user's own incident. */
    static final String OWN_INCIDENT = "local";

    /** The id of the notice whose facts {@code -Dnotice} names. */
    static final String NOTICE = "notice";

    /** The name under which the user's own letter is uploaded. */
    static final String OWN_LETTER = "own";

    private static final Path SAMPLE = Path.of("events", "komit");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Signals an invalid command line. The message tells the user what to change. */
    static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    /**
     * Reads the input files that the properties name.
     *
     * @throws UsageException if a property is missing, or names a file that doesn't exist
     * @throws FindingsException if the facts are not JSON
     */
    static RunInput read(Map<String, String> properties) throws UsageException, FindingsException, IOException {
        var own = !properties.getOrDefault("incident", "").isBlank();
        if (!own)
            for (var other : new String[] {"list", "letter", "notice"})
                if (!properties.getOrDefault(other, "").isBlank())
                    throw new UsageException("-D" + other
                            + " requires -Dincident. Example: mvn -Dincident=facts.json -Dlist=people.csv");
        if (own && properties.getOrDefault("list", "").isBlank())
            throw new UsageException(
                    "-Dincident requires -Dlist. Example: mvn -Dincident=facts.json -Dlist=people.csv");
        var factsFile = own ? file(properties, "incident") : SAMPLE.resolve("incident.json");
        var list = own ? file(properties, "list") : SAMPLE.resolve("list.csv");
        var facts = facts(factsFile);
        var notice = optional(properties, "notice");
        var noticeFacts = notice.isPresent() ? Optional.of(facts(notice.get())) : Optional.<Map<String, Object>>empty();
        var requested = properties.getOrDefault("locale", "");
        var locale = requested.isBlank() ? text(facts, "language").orElse(Language.ENGLISH.tag()) : requested;
        var letter = letter(properties.getOrDefault("letter", ""), factsFile, locale);
        if (!requested.isBlank()) facts.put("language", locale);
        facts.put("letter", letter.name());
        return new RunInput(
                !own,
                own ? OWN_INCIDENT : "komit",
                facts,
                noticeFacts,
                list,
                letter.file(),
                letter.beside(),
                locale,
                new ResultFinding.Files(name(list), name(factsFile), letter.displayName(locale)));
    }

    /** Returns the language of the findings: that of the facts. */
    Language language() {
        return text(facts, "language").map(Language::orEnglish).orElse(Language.ENGLISH);
    }

    /** Returns the sender addresses of the facts, in lower case and without names. */
    Set<String> senders() {
        var senders = new TreeSet<String>();
        for (var all : Stream.concat(Stream.of(facts), notice.stream()).toList())
            if (all.get("sender") instanceof Map<?, ?> sender && sender.get("from") instanceof String from)
                senders.add(SimulatedSes.bareAddress(from).toLowerCase(Locale.ROOT));
        return senders;
    }

    /** Returns the files of the user's own letter by locale: the requested file, or every letter beside the facts. */
    Map<String, Path> letters() throws IOException {
        var letters = new TreeMap<String, Path>();
        if (letter.isEmpty()) return letters;
        if (besideFacts) {
            try (var files =
                    Files.newDirectoryStream(letter.get().toAbsolutePath().getParent(), "*.hbs")) {
                for (var file : files) letters.put(name(file).replace(".hbs", ""), file);
            }
        }
        letters.put(locale, letter.get());
        return letters;
    }

    /** Returns the object key of the list. */
    String listKey() {
        return "incidents/" + incident + "/" + (notice.isPresent() ? NOTICE + "/" : "") + names.list();
    }

    private record Letter(String name, Optional<Path> file, boolean beside) {
        String displayName(String locale) {
            return file.map(RunInput::name).orElse(locale + ".hbs");
        }
    }

    private static Letter letter(String requested, Path facts, String locale) throws UsageException {
        if (!requested.isBlank()) {
            var file = Path.of(requested);
            if (Files.isRegularFile(file)) return new Letter(OWN_LETTER, Optional.of(file), false);
            if (requested.matches("[a-z0-9][a-z0-9-]{0,62}")) return new Letter(requested, Optional.empty(), false);
            throw new UsageException("-Dletter names neither a file nor a shipped letter.");
        }
        var beside = facts.resolveSibling(locale + ".hbs");
        return Files.isRegularFile(beside)
                ? new Letter(OWN_LETTER, Optional.of(beside), true)
                : new Letter("breach-notice", Optional.empty(), false);
    }

    private static Path file(Map<String, String> properties, String name) throws UsageException {
        return optional(properties, name).orElseThrow();
    }

    private static Optional<Path> optional(Map<String, String> properties, String name) throws UsageException {
        var value = properties.getOrDefault(name, "");
        if (value.isBlank()) return Optional.empty();
        var path = Path.of(value);
        if (!Files.isRegularFile(path)) throw new UsageException("-D" + name + " names a file that does not exist.");
        return Optional.of(path);
    }

    private static Map<String, Object> facts(Path file) throws FindingsException, IOException {
        try {
            var facts = JSON.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, Object>>() {});
            if (facts != null) return facts;
            throw new FindingsException(Finding.at(FindingCode.BAD_FACTS, name(file), 1, "", "document", 1, 1));
        } catch (JsonProcessingException e) {
            // Report line and column only: the exception's message quotes the file.
            var at = e.getLocation();
            var line = at == null ? 1 : at.getLineNr();
            var column = at == null ? 1 : at.getColumnNr();
            throw new FindingsException(Finding.at(FindingCode.BAD_FACTS, name(file), line, "", "json", line, column));
        }
    }

    private static Optional<String> text(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
