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

/** Uses a stack as an operator does: uploads files, reads runs and send records, downloads evidence. */
final class Operator implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(180);

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

    /** Creates an incident from the facts and letter of a sample in {@code events/}. */
    void describe(String incident, String sample) {
        upload("letters/" + sample + "/da.hbs", read(Path.of("events", sample, "da.hbs")));
        upload("incidents/" + incident + "/incident.json", facts(sample).toString());
    }

    /** Returns a sample's facts, with its own letter. */
    static ObjectNode facts(String sample) {
        var facts = (ObjectNode) LocalStack.json(read(Path.of("events", sample, "incident.json")));
        return facts.put("letter", sample);
    }

    /** Generates a list of people with addresses at a domain. */
    static String people(int from, int to, String domain) {
        return "email,name,affected_data\n"
                + IntStream.rangeClosed(from, to)
                        .mapToObj(i -> "p%d@%s,Prøve Person %d,\n".formatted(i, domain, i))
                        .collect(Collectors.joining());
    }

    /**
     * Uploads a list and waits until its run has ended.
     *
     * @return the run's item
     */
    Map<String, String> send(String key, String list) {
        return done(upload(key, list));
    }

    /**
     * Waits until the run of an uploaded list has ended.
     *
     * @return the run's item
     */
    Map<String, String> done(String version) {
        Await.until(TIMEOUT, () -> DONE.contains(run(version).getOrDefault("status", "")), () -> run(version));
        return run(version);
    }

    /** Returns the number of letters of a run that SES accepted, delivered or not. */
    static int accepted(Map<String, String> run) {
        return Stream.of("accepted", "delivered")
                .mapToInt(outcome -> Integer.parseInt(run.getOrDefault(outcome, "0")))
                .sum();
    }

    /**
     * Uploads a file.
     *
     * @return the object's version
     */
    String upload(String key, String content) {
        return s3.putObject(
                        request -> request.bucket(stack.output("UploadsBucket")).key(key),
                        RequestBody.fromString(content, UTF_8))
                .versionId();
    }

    /** Returns the run of an uploaded list; empty until it exists. */
    Map<String, String> run(String version) {
        return items("RunsTable").stream()
                .filter(item -> "run".equals(item.get("part")) && version.equals(item.get("list_version")))
                .findFirst()
                .orElse(Map.of());
    }

    /** Returns the send records of an incident's notice {@code main}. */
    List<Map<String, String>> records(String incident) {
        return items("SendsTable").stream()
                .filter(item -> (incident + "/main").equals(item.get("notice")))
                .toList();
    }

    /** Returns whether an incident's notice {@code main} has send records. */
    boolean hasRecords(String incident) {
        return !dynamoDb.query(request -> request.tableName(stack.output("SendsTable"))
                        .keyConditionExpression("notice = :notice")
                        .expressionAttributeValues(Map.of(":notice", AttributeValue.fromS(incident + "/main")))
                        .limit(1))
                .items()
                .isEmpty();
    }

    /** Returns the messages to addresses at a domain, by address. Fails if an address has two. */
    Map<String, JsonNode> letters(String domain) {
        var letters = new TreeMap<String, JsonNode>();
        for (var message : stack.localStack().messages()) {
            var to = message.path("Destination").path("ToAddresses").path(0).asText();
            if (to.endsWith("@" + domain) && letters.put(to, message) != null)
                throw new AssertionError("two letters to one address");
        }
        return letters;
    }

    /** Returns a file of a run's evidence. */
    String evidence(String incident, String run, String file) {
        return object("EvidenceBucket", "incidents/" + incident + "/" + run + "/" + file)
                .orElseThrow(() -> new AssertionError("no " + file + " in the evidence of run " + run));
    }

    /** Returns an object of one of the stack's buckets; empty if it doesn't exist. */
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
     * @return an action that restores the object
     */
    Runnable remove(String bucket, String key) {
        var marker = s3.deleteObject(
                        request -> request.bucket(stack.output(bucket)).key(key))
                .versionId();
        return () -> s3.deleteObject(
                request -> request.bucket(stack.output(bucket)).key(key).versionId(marker));
    }

    /** Returns an item of the incidents table: {@code incident} for the shared facts, else a notice's own. */
    Map<String, String> facts(String incident, String notice) {
        return items("IncidentsTable").stream()
                .filter(item -> incident.equals(item.get("incident_id")) && notice.equals(item.get("notice_id")))
                .findFirst()
                .orElse(Map.of());
    }

    /** Pauses or resumes a notice by changing its item, as an operator does in the console. */
    void pause(String incident, boolean paused) {
        dynamoDb.updateItem(request -> request.tableName(stack.output("IncidentsTable"))
                .key(Map.of("incident_id", AttributeValue.fromS(incident), "notice_id", AttributeValue.fromS("main")))
                .updateExpression("SET paused = :paused")
                .expressionAttributeValues(Map.of(":paused", AttributeValue.fromBool(paused))));
    }

    /** Returns the chunks of a run from the runs table. */
    List<Map<String, String>> chunks(String run) {
        return items("RunsTable").stream()
                .filter(item ->
                        run.equals(item.get("run_id")) && item.get("part").startsWith("chunk#"))
                .toList();
    }

    /** Waits until a recipient's send record has a status. */
    void awaitStatus(String incident, String recipient, String status) {
        Await.until(
                TIMEOUT,
                () -> status.equals(record(incident, recipient).get("status")),
                () -> record(incident, recipient));
    }

    /** Returns a recipient's send record. */
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

    /** Returns the strings and numbers of an item. */
    private static Map<String, String> texts(Map<String, AttributeValue> item) {
        var texts = new TreeMap<String, String>();
        item.forEach((name, value) -> {
            if (value.s() != null) texts.put(name, value.s());
            if (value.n() != null) texts.put(name, value.n());
        });
        return texts;
    }
}
