package dk.underret.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Does what an operator does with a stack: uploads files, looks at runs and send records, fetches evidence. */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Set<String> DONE = Set.of("SETTLED", "REFUSED", "DRAFT");

    private final Stack stack;
    private final S3Client s3;
    private final DynamoDbClient dynamoDb;

    Operator(Stack stack) {
        this.stack = stack;
        this.s3 = stack.localStack().s3();
        this.dynamoDb = stack.localStack().dynamoDb();
    }

    @Override
    public void close() {
        s3.close();
        dynamoDb.close();
    }

    /** Uploads facts and letter of a sample of {@code events/} as those of an incident. */
    void describe(String incident, String sample) {
        var facts = (ObjectNode) LocalStack.json(read(Path.of("events", sample, "incident.json")));
        facts.put("letter", sample);
        upload("letters/" + sample + "/da.hbs", read(Path.of("events", sample, "da.hbs")));
        upload("incidents/" + incident + "/incident.json", facts.toString());
    }

    /**
     * Uploads a list and waits until its run is done.
     *
     * @return the run's item
     */
    Map<String, String> send(String key, String list) {
        var version = upload(key, list);
        Await.until(PATIENCE, () -> DONE.contains(run(version).getOrDefault("status", "")), () -> run(version));
        return run(version);
    }

    /**
     * Uploads a file.
     *
     * @return its version
     */
    String upload(String key, String content) {
        return s3.putObject(
                        request -> request.bucket(stack.output("UploadsBucket")).key(key),
                        RequestBody.fromString(content, UTF_8))
                .versionId();
    }

    /** The run of one version of a list; empty while there is none. */
    private Map<String, String> run(String version) {
        return items("RunsTable").stream()
                .filter(item -> "run".equals(item.get("part")) && version.equals(item.get("list_version")))
                .findFirst()
                .orElse(Map.of());
    }

    /** The send records of an incident's notice {@code main}. */
    List<Map<String, String>> records(String incident) {
        return items("SendsTable").stream()
                .filter(item -> (incident + "/main").equals(item.get("notice")))
                .toList();
    }

    /** What the messages to an incident's people say, by address; {@code domain} is theirs. */
    Map<String, JsonNode> letters(String domain) {
        var letters = new TreeMap<String, JsonNode>();
        for (var message : stack.localStack().messages()) {
            var to = message.path("Destination").path("ToAddresses").path(0).asText();
            if (to.endsWith("@" + domain) && letters.put(to, message) != null)
                throw new AssertionError("somebody got two letters");
        }
        return letters;
    }

    /** A file of a run's evidence. */
    String evidence(String incident, String run, String file) {
        return s3.getObjectAsBytes(request -> request.bucket(stack.output("EvidenceBucket"))
                        .key("incidents/" + incident + "/" + run + "/" + file))
                .asUtf8String();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map<String, String>> items(String table) {
        return dynamoDb
                .scanPaginator(request -> request.tableName(stack.output(table)).consistentRead(true))
                .items()
                .stream()
                .map(Operator::texts)
                .toList();
    }

    /** The strings and numbers of an item. */
    private static Map<String, String> texts(Map<String, AttributeValue> item) {
        var texts = new TreeMap<String, String>();
        item.forEach((name, value) -> {
            if (value.s() != null) texts.put(name, value.s());
            if (value.n() != null) texts.put(name, value.n());
        });
        return texts;
    }
}
