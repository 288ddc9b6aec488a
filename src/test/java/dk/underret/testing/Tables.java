package dk.underret.testing;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The three tables, as {@code template.yaml} declares them.
 *
 * @param incidents name of the incidents table
 * @param runs name of the runs table
 * @param sends name of the sends table
 */
public record Tables(String incidents, String runs, String sends) {
    /** The sparse index over send records with a problem status. */
    public static final String PROBLEM_INDEX = "problem-index";

    /** The sparse index over open runs. */
    public static final String OPEN_INDEX = "open-index";

    /** Creates the tables, named {@code <prefix>-incidents} and so on, and waits until they are active. */
    public static Tables create(DynamoDbClient client, String prefix) {
        var tables = new Tables(prefix + "-incidents", prefix + "-runs", prefix + "-sends");
        client.createTable(table(tables.incidents, "incident_id", "notice_id").build());
        client.createTable(table(tables.runs, "run_id", "part", "open")
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(OPEN_INDEX)
                        .keySchema(key("open", "run_id"))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build())
                .build());
        client.createTable(table(tables.sends, "notice", "recipient", "problem")
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(PROBLEM_INDEX)
                        .keySchema(key("notice", "problem"))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build())
                .build());
        for (var name : List.of(tables.incidents, tables.runs, tables.sends))
            client.waiter().waitUntilTableExists(b -> b.tableName(name));
        return tables;
    }

    private static CreateTableRequest.Builder table(String name, String hash, String range, String... more) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key(hash, range))
                .attributeDefinitions(Stream.concat(Stream.of(hash, range), Stream.of(more))
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList());
    }

    private static List<KeySchemaElement> key(String hash, String range) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(range)
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
