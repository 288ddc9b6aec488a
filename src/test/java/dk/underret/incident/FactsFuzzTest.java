package dk.underret.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.testing.FindingMessages;
import dk.underret.testing.ReadingCosts;
import dk.underret.testing.Seeds;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the bytes of {@code incident.json}. */
class FactsFuzzTest {
    private static final NoticeId NOTICE = new NoticeId("komit", "main");
    private static final ObjectMapper JACKSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static Stream<byte[]> facts() {
        return Stream.of("events/bmw", "events/komit", "src/test/resources/facts", "src/test/resources/letters")
                .flatMap(folder -> Seeds.in(folder, ".json"));
    }

    @DictionaryEntries({
        "\"title\": ",
        "\"controller\": {",
        "\"sender\": {\"from\": \"",
        "\"affected_count\": 1e5",
        "\"send_after\": \"2026-03-01T08:00\"",
        "\"bounce_limit\": 0.04",
        "\"max_per_hour\": 1",
        "\"sections\": [{\"only_if\": {\"x\": \"y\"}}]",
        "\"measures\": [null]",
        "\\ud83d\\ude00",
        "\\ud800",
        "null",
        "true"
    })
    @MethodSource("facts")
    @FuzzTest
    void are_read_unchanged_or_have_findings(byte[] json) throws JsonProcessingException {
        Map<String, Object> facts;
        try {
            facts = ReadingCosts.within(() -> FactsJson.parse(json, "incident.json"));
        } catch (FindingsException e) {
            FindingMessages.areComplete(e.findings());
            return;
        }
        var text = new String(json, UTF_8);
        var apart = JACKSON.readValue(text.startsWith("\uFEFF") ? text.substring(1) : text, Map.class);
        assertThat(FactsHash.canonical(facts)).isEqualTo(canonical(apart));
        assertThat(FactsHash.canonical(reread(facts))).isEqualTo(FactsHash.canonical(facts));
        check(facts);
    }

    private static void check(Map<String, Object> facts) {
        var incident = Incident.of(NOTICE, facts, Optional.empty());
        var findings = ReadingCosts.within(() -> FactsCheck.findings(incident, FactsCheckTest.NOW));
        findings.forEach(FindingMessages::isComplete);
        assertThat(Incident.of(NOTICE, facts, Optional.of(facts)).facts())
                .as("facts merged with themselves")
                .isEqualTo(incident.facts());
        assertThat(incident.sha256()).hasSize(64);
        assertThat(incident.notCpr()).isNotNull();
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.REFUSES)) return;
        assertThat(incident.bounceLimit()).isBetween(0.0, 1.0);
        assertThat(incident.maxPerHour().orElse(1)).isPositive();
        assertThat(incident.affectedCount().orElse(0L)).isNotNegative();
        assertThat(incident.sendAfter().isPresent())
                .isEqualTo(incident.text("send_after").isPresent());
    }

    private static Map<String, Object> reread(Map<String, Object> facts) {
        try {
            return FactsJson.parse(FactsHash.canonical(facts).getBytes(UTF_8), "again.json");
        } catch (FindingsException e) {
            throw new AssertionError("the canonical form is not readable: " + e.findings(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static String canonical(Map<?, ?> facts) {
        return FactsHash.canonical((Map<String, Object>) facts);
    }
}
