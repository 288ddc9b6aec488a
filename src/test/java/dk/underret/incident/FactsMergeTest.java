package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsMergeTest {
    /** The cases of RFC 7396, appendix A, that are objects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
                "{\"a\":\"x\"} | {\"a\":{\"b\":1}} | {\"a\":{\"b\":1}}",
                "{\"a\":null,\"b\":{\"c\":null}} | {} | {\"b\":{}}",
            })
    void merges_the_notices_facts_into_the_incidents(String incident, String notice, String merged)
            throws FindingsException {
        assertThat(FactsMerge.merge(parse(incident), parse(notice))).isEqualTo(parse(merged));
    }

    private static Map<String, Object> parse(String json) throws FindingsException {
        return FactsJson.parse(json.getBytes(StandardCharsets.UTF_8), "incident.json");
    }
}
