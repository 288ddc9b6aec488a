package dk.underret.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local for tests: one in-memory server in this JVM. It starts with the first test class that uses it and stops after the
 * last. A test gets it as a parameter of its constructor or methods, and creates its own tables.
 */
public final class LocalDynamo implements ParameterResolver {
    private static final AtomicInteger TABLES = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LocalDynamo.class))
                .computeIfAbsent(Server.class);
    }

    /** The running server. */
    public static final class Server implements AutoCloseable {
        private final DynamoDBProxyServer server;
        private final URI endpoint;
        private final DynamoDbClient client;

        /** Starts the server on a free port. */
        public Server() throws Exception {
            int port = freePort();
            endpoint = URI.create("http://127.0.0.1:" + port);
            server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
            server.start();
            client = builder().build();
        }

        /** Returns a client with default settings. */
        public DynamoDbClient client() {
            return client;
        }

        /** Returns a builder of a client, for other settings. */
        public DynamoDbClientBuilder builder() {
            return baseBuilder().httpClientBuilder(Apache5HttpClient.builder().maxConnections(64));
        }

        /** Returns a builder of a client that uses the given HTTP client. The test closes the HTTP client. */
        public DynamoDbClientBuilder builder(SdkHttpClient http) {
            return baseBuilder().httpClient(http);
        }

        private DynamoDbClientBuilder baseBuilder() {
            return DynamoDbClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.EU_NORTH_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
        }

        /** Creates three tables that no other test uses. */
        public Tables tables() {
            return Tables.create(client, "test" + TABLES.incrementAndGet());
        }

        @Override
        public void close() throws Exception {
            client.close();
            server.stop();
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
