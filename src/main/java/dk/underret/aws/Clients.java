package dk.underret.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Creates the SDK's clients from the variables that Lambda and the SDK define: {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, …,
 * {@code AWS_ENDPOINT_URL_S3} and the same for other services. Reads them directly rather than through the SDK's provider chains,
 * so that a cold start looks for no profile file and no metadata service.
 *
 * <p>All clients use Apache HttpClient 5. DynamoDB, S3, SQS and KMS keep the SDK's retries, because the requests are conditional
 * or idempotent. SES has no idempotency key, so the client that sends never retries.
 */
public final class Clients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SES_CALL_TIMEOUT = Duration.ofSeconds(10);
    /** The most letters that a sender has in flight. Apache's default of 50 connections would queue them. */
    private static final int MAX_CONNECTIONS = 200;

    private final Map<String, String> environment;
    private final Region region;
    private final StaticCredentialsProvider credentials;

    /**
     * Reads region and credentials.
     *
     * @param environment the process's environment variables
     * @throws IllegalStateException if region or credentials are missing; the message names the variable
     */
    public Clients(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.region = Region.of(required("AWS_REGION"));
        this.credentials = StaticCredentialsProvider.create(credentials());
    }

    /** Creates the client of DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return configured(DynamoDbClient.builder(), "DYNAMODB")
                .httpClientBuilder(http())
                .build();
    }

    /**
     * Creates the client of S3. With an endpoint from the environment it uses path-style URLs, because bucket names don't
     * resolve there.
     */
    public S3Client s3() {
        return configured(S3Client.builder(), "S3")
                .forcePathStyle(endpoint("S3").isPresent())
                .httpClientBuilder(http())
                .build();
    }

    /** Creates the client of SQS. */
    public SqsClient sqs() {
        return configured(SqsClient.builder(), "SQS").httpClientBuilder(http()).build();
    }

    /** Creates the client of KMS. */
    public KmsClient kms() {
        return configured(KmsClient.builder(), "KMS").httpClientBuilder(http()).build();
    }

    /** Creates the client of SES for sending. One call is one POST request, which times out after 10 s. */
    public SesV2Client ses() {
        return configured(SesV2Client.builder(), "SESV2")
                .overrideConfiguration(call -> call.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(SES_CALL_TIMEOUT)
                        .apiCallTimeout(SES_CALL_TIMEOUT))
                .httpClientBuilder(http().connectionTimeout(CONNECT_TIMEOUT))
                .build();
    }

    /** Creates the client of SES for reads (GetAccount, GetEmailIdentity), with retries. Must not be used for sending. */
    public SesV2Client sesReads() {
        return configured(SesV2Client.builder(), "SESV2")
                .httpClientBuilder(http())
                .build();
    }

    private static Apache5HttpClient.Builder http() {
        return Apache5HttpClient.builder().maxConnections(MAX_CONNECTIONS);
    }

    private <B extends AwsClientBuilder<B, C>, C> B configured(B builder, String service) {
        builder.region(region).credentialsProvider(credentials);
        endpoint(service).ifPresent(builder::endpointOverride);
        return builder;
    }

    private Optional<URI> endpoint(String service) {
        return Optional.ofNullable(variable("AWS_ENDPOINT_URL_" + service))
                .or(() -> Optional.ofNullable(variable("AWS_ENDPOINT_URL")))
                .map(URI::create);
    }

    private AwsCredentials credentials() {
        var id = required("AWS_ACCESS_KEY_ID");
        var secret = required("AWS_SECRET_ACCESS_KEY");
        var session = variable("AWS_SESSION_TOKEN");
        return session == null
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, session);
    }

    private String required(String name) {
        var value = variable(name);
        if (value == null) throw new IllegalStateException("environment variable " + name + " is not set");
        return value;
    }

    private @Nullable String variable(String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
