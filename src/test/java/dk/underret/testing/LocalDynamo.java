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
 * DynamoDB Local for tests: one server in this JVM, in memory, started by the first test class that asks for it and stopped after
 * the last. A test's constructor or method gets it as a parameter; each asks for tables of its own.
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

        /** Starts it on a free port. */
        public Server() throws Exception {
            int port = freePort();
            endpoint = URI.create("http://127.0.0.1:" + port);
            server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
            server.start();
            client = builder().build();
        }

        /** A client of it, as it comes. */
        public DynamoDbClient client() {
            return client;
        }

        /** A client of it that a test may bend. */
        public DynamoDbClientBuilder builder() {
            return anyHttp().httpClientBuilder(Apache5HttpClient.builder().maxConnections(64));
        }

        /** A client of it over an HTTP client that a test has bent, and closes. */
        public DynamoDbClientBuilder builder(SdkHttpClient http) {
            return anyHttp().httpClient(http);
        }

        private DynamoDbClientBuilder anyHttp() {
            return DynamoDbClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.EU_NORTH_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
        }

        /** Three tables that no other test has. */
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
