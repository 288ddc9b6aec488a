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
 * A running LocalStack, empty at its start.
 *
 * @param endpoint endpoint of every service
 * @param home folder that {@code setup.sh} created
 */
record LocalStack(URI endpoint, Path home) implements AutoCloseable {
    static final String REGION = "eu-north-1";

    private static final Path SCRIPTS = Path.of("src/localstack/scripts");
    /** The exit status of the scripts if the machine lacks a requirement. */
    static final int MISSING_REQUIREMENT = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Installs LocalStack if necessary and starts it. Without a suitable Python or JDK, the tests are skipped with a message; with
     * {@code CI=true} they fail.
     */
    static LocalStack start() {
        var home = home(script("setup.sh"), "true".equals(System.getenv("CI")));
        return new LocalStack(URI.create(script("start.sh").orFail("start.sh")), home);
    }

    /** Returns the folder that {@code setup.sh} printed, or skips the tests. */
    static Path home(Shell.Result setup, boolean ci) {
        if (setup.status() == MISSING_REQUIREMENT) {
            var reason = "LocalStack tests skipped: " + setup.errors().strip();
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

    /** Runs the AWS CLI and returns its output. Fails the test if the command fails. */
    String aws(String... arguments) {
        return tryAws(arguments).orFail("aws " + String.join(" ", arguments));
    }

    /** Runs the AWS CLI and returns the result, whether it succeeds or fails. */
    Shell.Result tryAws(String... arguments) {
        var command = new ArrayList<String>(List.of(
                home.resolve("venv/bin/aws").toString(),
                // For some services, the CLI reads the endpoint only from this option.
                "--endpoint-url",
                endpoint.toString()));
        command.addAll(List.of(arguments));
        return Shell.run(command, cliEnvironment());
    }

    /** Returns the environment variables that the AWS CLI needs. */
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

    /** Returns every message that SES accepted, in order: {@code Id}, {@code Source}, {@code Destination}, {@code Subject}, {@code Body}. */
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
