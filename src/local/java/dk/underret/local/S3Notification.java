package dk.underret.local;

import dk.underret.local.ObjectStore.Change;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes S3 event notifications, event version 2.1. The key is URL-encoded, with a plus sign for a space.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event message
 *     structure</a>
 */
final class S3Notification {
    private S3Notification() {}

    /** Returns the notification of a change as JSON. */
    static String of(Change change) {
        var version = change.version();
        var object = Map.of(
                "key", URLEncoder.encode(version.key(), StandardCharsets.UTF_8).replace("%2F", "/"),
                "size", version.body().length,
                "eTag", version.etag().replace("\"", ""),
                "versionId", version.id(),
                "sequencer", change.sequencer());
        var bucket = Map.of(
                "name", change.bucket(),
                "ownerIdentity", Map.of("principalId", "A3NL1KOZZKExample"),
                "arn", "arn:aws:s3:::" + change.bucket());
        var record = Map.of(
                "eventVersion", "2.1",
                "eventSource", "aws:s3",
                "awsRegion", LocalAws.REGION,
                "eventTime",
                        version.at()
                                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                                .toString(),
                "eventName", change.event(),
                "userIdentity", Map.of("principalId", change.principal()),
                "requestParameters", Map.of("sourceIPAddress", "127.0.0.1"),
                "responseElements", Map.of("x-amz-request-id", version.id().substring(0, 16)),
                "s3",
                        Map.of(
                                "s3SchemaVersion",
                                "1.0",
                                "configurationId",
                                "intake",
                                "bucket",
                                bucket,
                                "object",
                                object));
        return Json.write(Map.of("Records", List.of(record)));
    }
}
