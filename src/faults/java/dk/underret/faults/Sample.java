package dk.underret.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The sample incident with a generated list. Each person's name contains a canary: a text that no other row has. */
final class Sample {
    /** The incident's id. */
    static final String INCIDENT = "faults";

    /** The sender address of the letters. */
    static final String SENDER = "persondata@elverhoejfriskole.example";

    private static final Path EVENTS = Path.of("events", "komit");

    private Sample() {}

    /** Writes a list of invented people, in UTF-8. */
    static void list(Path file, int recipients, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        try (var list = Files.newBufferedWriter(file)) {
            list.write("email,name\n");
            for (int i = 1; i <= recipients; i++) {
                var canary = String.format("Kanariefugl-%07d-%08x", i, random.nextInt());
                list.write("kanariefugl." + i + "@fuglebur.example,Åse Ærø " + canary + "\n");
            }
        }
    }

    /** Returns the incident's facts for a list of this length. */
    static Map<String, Object> facts(int recipients) throws IOException {
        var type = new TypeReference<LinkedHashMap<String, Object>>() {};
        var facts = new ObjectMapper().readValue(EVENTS.resolve("incident.json").toFile(), type);
        facts.put("affected_count", recipients);
        facts.put("letter", INCIDENT);
        return facts;
    }

    /** Returns the source of a letter that greets by name. */
    static byte[] letter() throws IOException {
        return Files.readAllBytes(EVENTS.resolve("da.hbs"));
    }
}
