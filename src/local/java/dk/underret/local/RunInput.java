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
 * What is sent, from the command line's properties.
 *
 * @param sample whether it is the sample of this project, whose letters the console may show
 * @param incident the incident's id
 * @param facts the shared facts, with the letter that was asked for
 * @param notice the notice's own facts; empty for none
 * @param list the recipient list's file
 * @param letter the file of an own letter; empty for a shipped one
 * @param besideFacts whether that file was found beside the facts, where its translations may stand too
 * @param locale the letter's
 * @param names the files' names, for findings
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
    /** The id of an own incident. */
    static final String OWN = "local";

    /** The id of a notice that {@code -Dnotice} gives facts for. */
    static final String NOTICE = "notice";

    /** The name under which an own letter is uploaded. */
    static final String OWN_LETTER = "own";

    private static final Path SAMPLE = Path.of("events", "komit");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Something about the command line that one sentence explains. */
    static final class UsageException extends Exception {
        UsageException(String sentence) {
            super(sentence);
        }
    }

    /**
     * Reads the input.
     *
     * @throws UsageException when the properties make no input
     * @throws FindingsException when the facts are no JSON
     */
    static RunInput read(Map<String, String> properties) throws UsageException, FindingsException, IOException {
        var own = !properties.getOrDefault("incident", "").isBlank();
        if (!own)
            for (var other : new String[] {"list", "letter", "notice"})
                if (!properties.getOrDefault(other, "").isBlank())
                    throw new UsageException(
                            "-D" + other
                                    + " needs the facts of the incident beside it: mvn -Dincident=facts.json -Dlist=people.csv");
        if (own && properties.getOrDefault("list", "").isBlank())
            throw new UsageException(
                    "-Dincident needs a recipient list beside it: mvn -Dincident=facts.json -Dlist=people.csv");
        var factsFile = own ? file(properties, "incident") : SAMPLE.resolve("incident.json");
        var list = own ? file(properties, "list") : SAMPLE.resolve("list.csv");
        var facts = facts(factsFile);
        var notice = optional(properties, "notice");
        var noticeFacts = notice.isPresent() ? Optional.of(facts(notice.get())) : Optional.<Map<String, Object>>empty();
        var asked = properties.getOrDefault("locale", "");
        var locale = asked.isBlank() ? text(facts, "language").orElse(Language.ENGLISH.tag()) : asked;
        var letter = letter(properties.getOrDefault("letter", ""), factsFile, locale);
        if (!asked.isBlank()) facts.put("language", locale);
        facts.put("letter", letter.name());
        return new RunInput(
                !own,
                own ? OWN : "komit",
                facts,
                noticeFacts,
                list,
                letter.file(),
                letter.beside(),
                locale,
                new ResultFinding.Files(name(list), name(factsFile), letter.shown(locale)));
    }

    /** The language of what is said to the person who runs it. */
    Language language() {
        return text(facts, "language").map(Language::orEnglish).orElse(Language.ENGLISH);
    }

    /** The addresses that the facts send from, bare. */
    Set<String> senders() {
        var senders = new TreeSet<String>();
        for (var all : Stream.concat(Stream.of(facts), notice.stream()).toList())
            if (all.get("sender") instanceof Map<?, ?> sender && sender.get("from") instanceof String from)
                senders.add(SimulatedSes.bare(from).toLowerCase(Locale.ROOT));
        return senders;
    }

    /** The files of an own letter by locale: the one that was asked for, else all that stand beside the facts. */
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

    /** Where the list is uploaded to. */
    String listKey() {
        return "incidents/" + incident + "/" + (notice.isPresent() ? NOTICE + "/" : "") + names.list();
    }

    private record Letter(String name, Optional<Path> file, boolean beside) {
        String shown(String locale) {
            return file.map(RunInput::name).orElse(locale + ".hbs");
        }
    }

    private static Letter letter(String asked, Path facts, String locale) throws UsageException {
        if (!asked.isBlank()) {
            var file = Path.of(asked);
            if (Files.isRegularFile(file)) return new Letter(OWN_LETTER, Optional.of(file), false);
            if (asked.matches("[a-z0-9][a-z0-9-]{0,62}")) return new Letter(asked, Optional.empty(), false);
            throw new UsageException("-Dletter: there is no such file, and no shipped letter has such a name.");
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
        if (!Files.isRegularFile(path)) throw new UsageException("-D" + name + ": there is no such file.");
        return Optional.of(path);
    }

    private static Map<String, Object> facts(Path file) throws FindingsException, IOException {
        try {
            var facts = JSON.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, Object>>() {});
            if (facts != null) return facts;
            throw new FindingsException(Finding.at(FindingCode.BAD_FACTS, name(file), 1, "", "document", 1, 1));
        } catch (JsonProcessingException e) {
            // Its message quotes the file; line and column are enough.
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
