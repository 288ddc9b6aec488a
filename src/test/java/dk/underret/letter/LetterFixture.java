package dk.underret.letter;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import dk.underret.recipient.Recipient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Creates letters, facts and rows for tests. */
final class LetterFixture {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private LetterFixture() {}

    static LetterTemplate da(String source) {
        return compile("da", source);
    }

    static LetterTemplate en(String source) {
        return compile("en", source);
    }

    static LetterTemplate compile(String locale, String source) {
        try {
            return LetterTemplate.compile(new LetterSource("own", locale, "v1", source));
        } catch (FindingsException e) {
            throw new AssertionError(e.findings().toString(), e);
        }
    }

    /** Returns the source of a letter with this body and a fixed subject. The body begins at line 3. */
    static String body(String body) {
        return "Subject: Om bruddet\n\n" + body;
    }

    /** Compiles a letter and returns the findings. */
    static List<Finding> compileFindings(String source) {
        try {
            LetterTemplate.compile(new LetterSource("own", "da", "v1", source));
            return List.of();
        } catch (FindingsException e) {
            return e.findings();
        }
    }

    /** Checks a letter and returns the findings, except those about missing required content. */
    static List<String> checkFindings(String body, Map<String, Object> facts, String... columns) {
        return da(body(body)).check(facts, Set.of(columns)).stream()
                .filter(finding -> finding.code() != dk.underret.incident.FindingCode.NOT_IN_LETTER)
                .map(finding -> finding.row() + " " + finding.code() + " " + finding.arguments())
                .toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> facts(String json) {
        try {
            return JSON.readValue(json.replace('\'', '"'), Map.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Recipient row(String... namesAndValues) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return new Recipient(2, values);
    }

    static String text(String body, Map<String, Object> facts, Recipient row) {
        return da(body(body)).prepare(facts).render(row).text();
    }
}
