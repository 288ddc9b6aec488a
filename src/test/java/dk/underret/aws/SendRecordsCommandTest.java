package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendStatus;
import dk.underret.testing.LocalDynamo;
import dk.underret.testing.SendRecords;
import dk.underret.testing.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The command that shows a notice's send records, as the README and the stack's outputs have it. */
@ExtendWith(LocalDynamo.class)
class SendRecordsCommandTest {
    private static final Pattern COMMAND = Pattern.compile("aws dynamodb scan --table-name \\$\\{?S(?i:ends)}?"
            + " --filter-expression \"([^\"]+)\"[\\s\\\\]+--expression-attribute-values '([^']+)'");

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final LocalDynamo.Server server;
    private final Tables tables;

    SendRecordsCommandTest(LocalDynamo.Server server) {
        this.server = server;
        this.tables = server.tables();
    }

    @ParameterizedTest(name = "in {0}, of a notice over {1} partition keys")
    @CsvSource({"README.md, 1", "README.md, 16", "template.yaml, 1", "template.yaml, 16"})
    void finds_every_record_of_the_notice_and_none_of_another(String file, int spread) throws IOException {
        var notice = new NoticeId("komit", "main");
        for (var other : List.of("main2", "mai", "other")) put(new NoticeId("komit", other), spread);
        put(new NoticeId("komi", "main"), spread);
        var recipients = put(notice, spread);

        assertThat(partitions()).hasSize(5 * spread);
        assertThat(found(file)).containsExactlyInAnyOrderElementsOf(recipients);
    }

    /** Puts a record for each first digit of a recipient, and returns the recipients. */
    private List<String> put(NoticeId notice, int spread) {
        new DynamoIncidents(server.client(), tables.incidents())
                .freeze(new FrozenNotice(notice, Map.of(), "", List.of(), List.of(), spread, NOW, "run"));
        var partitions = new NoticePartitions(server.client(), tables.incidents());
        var recipients = IntStream.range(0, 16)
                .mapToObj(digit -> Integer.toHexString(digit).repeat(64))
                .toList();
        for (var recipient : recipients) {
            var record = SendRecords.of(
                    new SendKey(notice, recipient), SendStatus.ACCEPTED, "token", new Origin("run", 2), NOW);
            var item = SendItem.of(partitions.of(record.key()), record);
            server.client().putItem(b -> b.tableName(tables.sends()).item(item));
        }
        return recipients;
    }

    private TreeSet<String> partitions() {
        var partitions = new TreeSet<String>();
        for (var page : server.client().scanPaginator(b -> b.tableName(tables.sends())))
            for (var item : page.items()) partitions.add(item.get("notice").s());
        return partitions;
    }

    /** The recipients that the command of a file prints, one for each record. */
    private List<String> found(String file) throws IOException {
        var command = COMMAND.matcher(Files.readString(Path.of(file)));
        assertThat(command.find()).as("the command in %s", file).isTrue();
        var values = new TreeMap<String, AttributeValue>();
        new ObjectMapper()
                .readTree(command.group(2))
                .properties()
                .forEach(value -> values.put(
                        value.getKey(),
                        AttributeValue.fromS(value.getValue().path("S").textValue())));
        return server
                .client()
                .scanPaginator(b -> b.tableName(tables.sends())
                        .filterExpression(command.group(1))
                        .expressionAttributeValues(values))
                .items()
                .stream()
                .map(item -> item.get("recipient").s())
                .toList();
    }
}
