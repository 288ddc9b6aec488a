package dk.underret.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A LocalStack of this test's own, empty at its start.
 *
 * @param endpoint where every service answers
 * @param home the folder that {@code setup.sh} made
 */
record LocalStack(URI endpoint, Path home) implements AutoCloseable {
    static final String REGION = "eu-north-1";

    private static final Path SCRIPTS = Path.of("src/localstack/scripts");
    /** What the scripts end with where this machine lacks what they need. */
    static final int NOT_HERE = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Makes its home where there is none, and starts it. Where this machine has no fitting Python the tests are skipped, and said to
     * be; with {@code CI=true} that is a failure.
     */
    static LocalStack start() {
        var home = home(script("setup.sh"), "true".equals(System.getenv("CI")));
        return new LocalStack(URI.create(script("start.sh").orFail("start.sh")), home);
    }

    /** The home that {@code setup.sh} made. */
    static Path home(Shell.Result setup, boolean ci) {
        if (setup.status() == NOT_HERE) {
            var reason = "LocalStack tier skipped: " + setup.errors().strip();
            if (ci) throw new AssertionError(reason);
            System.err.println(reason);
            Assumptions.abort(reason);
        }
        return Path.of(setup.orFail("setup.sh"));
    }

    @Override
    public void close() {
        script("stop.sh").orFail("stop.sh");
    }

    S3Client s3() {
        return configured(S3Client.builder().forcePathStyle(true))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    DynamoDbClient dynamoDb() {
        return configured(DynamoDbClient.builder())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    SqsClient sqs() {
        return configured(SqsClient.builder())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** What the AWS CLI prints for these arguments; an error where it fails. */
    String aws(String... arguments) {
        return tryAws(arguments).orFail("aws " + String.join(" ", arguments));
    }

    /** Runs the AWS CLI, in whichever way that ends. */
    Shell.Result tryAws(String... arguments) {
        var command = new ArrayList<String>(List.of(
                home.resolve("venv/bin/aws").toString(),
                // Some services' endpoint it takes from here only.
                "--endpoint-url",
                endpoint.toString()));
        command.addAll(List.of(arguments));
        return Shell.run(command, cliEnvironment());
    }

    /** What the AWS CLI must be told to work here. */
    Map<String, String> cliEnvironment() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint.toString(),
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_DEFAULT_REGION",
                REGION,
                "AWS_REGION",
                REGION,
                "AWS_PAGER",
                "");
    }

    /** Every message that SES took, in order: {@code Id}, {@code Source}, {@code Destination}, {@code Subject}, {@code Body}. */
    List<JsonNode> messages() {
        try (var answer = endpoint.resolve("/_aws/ses").toURL().openStream()) {
            var messages = new ArrayList<JsonNode>();
            JSON.readTree(answer).path("messages").forEach(messages::add);
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shell.Result script(String name) {
        return Shell.run(
                List.of("bash", SCRIPTS.resolve(name).toString()),
                Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    private <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
