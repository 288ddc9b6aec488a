package dk.underret.local;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Starts DynamoDB Local, in memory, and creates the tables. */
final class LocalTables implements AutoCloseable {
    static final String INCIDENTS = "incidents";
    static final String RUNS = "runs";
    static final String SENDS = "sends";
    static final String PROBLEM_INDEX = "problem-index";
    static final String OPEN_INDEX = "open-index";

    private final DynamoDBProxyServer server;

    private LocalTables(DynamoDBProxyServer server) {
        this.server = server;
    }

    /** Starts the server on a port, without tables. */
    static LocalTables start(int port) throws Exception {
        // The native library is a class path entry of its own, but sqlite4java searches a folder.
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("sqlite4java") && entry.endsWith("amd64-1.0.392.so"))
                .findFirst()
                .ifPresent(entry -> System.setProperty("sqlite4java.library.path", new File(entry).getParent()));
        var server = ServerRunner.createServerFromCommandLineArgs(new String[] {"-inMemory", "-port", "" + port});
        server.start();
        return new LocalTables(server);
    }

    /** Creates the three tables with the keys and indexes of the template. */
    static void create(DynamoDbClient client) {
        client.createTable(table(INCIDENTS, "incident_id", "notice_id")
                .attributeDefinitions(text("incident_id"), text("notice_id"))
                .build());
        client.createTable(table(RUNS, "run_id", "part")
                .attributeDefinitions(text("run_id"), text("part"), text("open"))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndex.builder()
                        .indexName(OPEN_INDEX)
                        .keySchema(key("open", KeyType.HASH), key("run_id", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build()))
                .build());
        client.createTable(table(SENDS, "notice", "recipient")
                .attributeDefinitions(text("notice"), text("recipient"), text("problem"))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndex.builder()
                        .indexName(PROBLEM_INDEX)
                        .keySchema(key("notice", KeyType.HASH), key("problem", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build()))
                .build());
    }

    /** Returns every item of a table. */
    static List<Map<String, AttributeValue>> items(DynamoDbClient client, String table) {
        var items = new ArrayList<Map<String, AttributeValue>>();
        client.scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(items::add);
        return items;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private static CreateTableRequest.Builder table(String name, String hash, String range) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key(hash, KeyType.HASH), key(range, KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
