package dk.underret.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Log log = new Log(
            new PrintStream(written, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC));

    @Test
    void writes_one_json_object_a_line_in_the_order_of_its_fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", "0f");
        fields.put("rows", 3);
        fields.put("codes", List.of("WIDTH"));
        log.event("run_planned", fields);
        log.event("nothing_to_do", Map.of());

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).containsExactly("""
                        {"at":"2026-03-01T08:00:00.000Z","event":"run_planned","run":"0f","rows":3,"codes":["WIDTH"]}""", """
                        {"at":"2026-03-01T08:00:00.000Z","event":"nothing_to_do"}""");
    }

    @Test
    void keeps_a_line_break_in_a_value_inside_its_line() {
        log.event("odd", Map.of("code", "a\nb"));

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }
}
