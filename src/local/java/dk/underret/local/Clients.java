package dk.underret.local;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Creates SDK clients for the local AWS. */
final class Clients {
    private Clients() {}

    static DynamoDbClient dynamodb(URI endpoint) {
        return local(DynamoDbClient.builder(), endpoint).build();
    }

    static SqsClient sqs(URI endpoint) {
        return local(SqsClient.builder(), endpoint).build();
    }

    static S3Client s3(URI endpoint) {
        return local(S3Client.builder(), endpoint).forcePathStyle(true).build();
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B local(B builder, URI endpoint) {
        var credentials = AwsBasicCredentials.create(LocalAws.ACCESS_KEY, LocalAws.SECRET_KEY);
        return builder.httpClient(
                        Apache5HttpClient.builder().maxConnections(100).build())
                .endpointOverride(endpoint)
                .region(Region.of(LocalAws.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials));
    }
}
