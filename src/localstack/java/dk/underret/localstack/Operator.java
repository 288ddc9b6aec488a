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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Does what an operator does with a stack: uploads files, looks at runs and send records, fetches evidence. */
final class Operator implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(180);

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

    Stack stack() {
        return stack;
    }

    /** Uploads facts and letter of a sample of {@code events/} as those of an incident. */
    void describe(String incident, String sample) {
        upload("letters/" + sample + "/da.hbs", read(Path.of("events", sample, "da.hbs")));
        upload("incidents/" + incident + "/incident.json", facts(sample).toString());
    }

    /** A sample's facts, which name its own letter. */
    static ObjectNode facts(String sample) {
        var facts = (ObjectNode) LocalStack.json(read(Path.of("events", sample, "incident.json")));
        return facts.put("letter", sample);
    }

    /** A list of invented people of one mail domain. */
    static String people(int from, int to, String domain) {
        return "email,name,affected_data\n"
                + IntStream.rangeClosed(from, to)
                        .mapToObj(i -> "p%d@%s,Prøve Person %d,\n".formatted(i, domain, i))
                        .collect(Collectors.joining());
    }

    /**
     * Uploads a list and waits until its run is done.
     *
     * @return the run's item
     */
    Map<String, String> send(String key, String list) {
        return done(upload(key, list));
    }

    /**
     * Waits until the run of a list's version is done.
     *
     * @return the run's item
     */
    Map<String, String> done(String version) {
        Await.until(PATIENCE, () -> DONE.contains(run(version).getOrDefault("status", "")), () -> run(version));
        return run(version);
    }

    /** To how many people of a run SES took a letter, whether or not it has reported its delivery. */
    static int told(Map<String, String> run) {
        return Stream.of("accepted", "delivered")
                .mapToInt(term -> Integer.parseInt(run.getOrDefault(term, "0")))
                .sum();
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
    Map<String, String> run(String version) {
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

    /** Whether anybody on the lists of an incident's notice {@code main} was written to. */
    boolean hasRecords(String incident) {
        return !dynamoDb.query(request -> request.tableName(stack.output("SendsTable"))
                        .keyConditionExpression("notice = :notice")
                        .expressionAttributeValues(Map.of(":notice", AttributeValue.fromS(incident + "/main")))
                        .limit(1))
                .items()
                .isEmpty();
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
        return object("EvidenceBucket", "incidents/" + incident + "/" + run + "/" + file)
                .orElseThrow(() -> new AssertionError("no " + file + " in the evidence of run " + run));
    }

    /** An object of one of the stack's buckets; empty where there is none. */
    Optional<String> object(String bucket, String key) {
        try {
            return Optional.of(s3.getObjectAsBytes(
                            request -> request.bucket(stack.output(bucket)).key(key))
                    .asUtf8String());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /**
     * Deletes an object of one of the stack's buckets.
     *
     * @return what brings it back
     */
    Runnable remove(String bucket, String key) {
        var marker = s3.deleteObject(
                        request -> request.bucket(stack.output(bucket)).key(key))
                .versionId();
        return () -> s3.deleteObject(
                request -> request.bucket(stack.output(bucket)).key(key).versionId(marker));
    }

    /** An item of the incidents table: {@code incident} for the shared facts, else a notice's own. */
    Map<String, String> facts(String incident, String notice) {
        return items("IncidentsTable").stream()
                .filter(item -> incident.equals(item.get("incident_id")) && notice.equals(item.get("notice_id")))
                .findFirst()
                .orElse(Map.of());
    }

    /** Pulls or lifts a notice's brake, as one does in the console: on its item. */
    void pause(String incident, boolean paused) {
        dynamoDb.updateItem(request -> request.tableName(stack.output("IncidentsTable"))
                .key(Map.of("incident_id", AttributeValue.fromS(incident), "notice_id", AttributeValue.fromS("main")))
                .updateExpression("SET paused = :paused")
                .expressionAttributeValues(Map.of(":paused", AttributeValue.fromBool(paused))));
    }

    /** The chunks of a run, as the runs table has them. */
    List<Map<String, String>> chunks(String run) {
        return items("RunsTable").stream()
                .filter(item ->
                        run.equals(item.get("run_id")) && item.get("part").startsWith("chunk#"))
                .toList();
    }

    /** Waits until a person's send record has a status. */
    void awaitStatus(String incident, String recipient, String status) {
        Await.until(
                PATIENCE,
                () -> status.equals(record(incident, recipient).get("status")),
                () -> record(incident, recipient));
    }

    /** A person's send record. */
    Map<String, String> record(String incident, String recipient) {
        return records(incident).stream()
                .filter(record -> recipient.equals(record.get("recipient")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record of " + recipient));
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
