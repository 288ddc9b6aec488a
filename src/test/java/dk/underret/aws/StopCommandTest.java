package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.incident.FactsSource;
import dk.underret.incident.NoticeId;
import dk.underret.run.StopReason;
import dk.underret.testing.LocalDynamo;
import dk.underret.testing.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The command that stops a notice, as the README has it. */
@ExtendWith(LocalDynamo.class)
class StopCommandTest {
    private static final Pattern COMMAND =
            Pattern.compile("aws dynamodb update-item --table-name \\$INCIDENTS --key '([^']+)'[\\s\\\\]+"
                    + "--update-expression \"([^\"]+)\" --expression-attribute-values[\\s\\\\]+(.+)");

    private static final NoticeId NOTICE = new NoticeId("komit", "main");
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final LocalDynamo.Server server;
    private final Tables tables;
    private final DynamoIncidents incidents;

    StopCommandTest(LocalDynamo.Server server) {
        this.server = server;
        this.tables = server.tables();
        this.incidents = new DynamoIncidents(server.client(), tables.incidents());
    }

    private static Map<String, AttributeValue> attributes(String json) throws IOException {
        var values = new HashMap<String, AttributeValue>();
        new ObjectMapper()
                .readTree(json)
                .properties()
                .forEach(each -> values.put(each.getKey(), value(each.getValue())));
        return values;
    }

    private static AttributeValue value(JsonNode typed) {
        return typed.has("BOOL")
                ? AttributeValue.fromBool(typed.get("BOOL").booleanValue())
                : AttributeValue.fromS(typed.get("S").textValue());
    }

    /** Runs the README's command, with the shell's substitutions made. */
    private void run(String replaced, String by) throws IOException {
        var command = COMMAND.matcher(Files.readString(Path.of("README.md")));
        assertThat(command.find()).as("the command in README.md").isTrue();
        MatchResult parts = command.toMatchResult();
        var values = parts.group(3)
                .replace("'$(whoami)'", "anna")
                .replace("'$(date -u +%FT%TZ)'", NOW.toString())
                .replace("'", "")
                .replace(replaced, by);
        assertThat(values).doesNotContain("$");
        var key = attributes(parts.group(1));
        var expression = parts.group(2).replace(replaced, by);
        var arguments = attributes(values);
        server.client()
                .updateItem(b -> b.tableName(tables.incidents())
                        .key(key)
                        .updateExpression(expression)
                        .expressionAttributeValues(arguments));
    }

    private Optional<StopReason> stopped() {
        return StopReason.ofNotice(incidents.current(NOTICE), NOW);
    }

    @Test
    void stops_and_resumes_a_notice_and_says_who_stopped_it_and_when() throws IOException {
        incidents.store(
                "komit", Optional.empty(), Map.of("status", "approved"), new FactsSource("v1", "0A", "AIDA", NOW));
        assertThat(stopped()).isEmpty();

        run("", "");

        assertThat(stopped()).contains(StopReason.PAUSED);
        assertThat(incidents.current(NOTICE).facts())
                .containsEntry("paused_by", "anna")
                .containsEntry("paused_at", "2026-03-02T08:00:00Z");

        run("true", "false");

        assertThat(stopped()).isEmpty();
    }
}
