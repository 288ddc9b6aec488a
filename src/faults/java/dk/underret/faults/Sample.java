package dk.underret.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The sample incident with a list as long as wished: each person's name is a canary that no other row has. */
final class Sample {
    /** The incident's id. */
    static final String INCIDENT = "faults";

    /** Whom the letters come from. */
    static final String SENDER = "persondata@elverhoejfriskole.example";

    private static final Path EVENTS = Path.of("events", "komit");

    private Sample() {}

    /** Writes the list: UTF-8, as many people as asked for, invented. */
    static void list(Path file, int recipients, long seed) throws IOException {
        var dice = new SplittableRandom(seed);
        try (var list = Files.newBufferedWriter(file)) {
            list.write("email,name\n");
            for (int i = 1; i <= recipients; i++) {
                var canary = String.format("Kanariefugl-%07d-%08x", i, dice.nextInt());
                list.write("kanariefugl." + i + "@fuglebur.example,Åse Ærø " + canary + "\n");
            }
        }
    }

    /** The incident's facts for such a list. */
    static Map<String, Object> facts(int recipients) throws IOException {
        var type = new TypeReference<LinkedHashMap<String, Object>>() {};
        var facts = new ObjectMapper().readValue(EVENTS.resolve("incident.json").toFile(), type);
        facts.put("affected_count", recipients);
        facts.put("letter", INCIDENT);
        return facts;
    }

    /** The letter's source: it greets by name. */
    static byte[] letter() throws IOException {
        return Files.readAllBytes(EVENTS.resolve("da.hbs"));
    }
}
