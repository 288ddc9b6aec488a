package dk.underret.aws;

import dk.underret.recipient.Lists;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link Lists} in S3. Reads an upload with one GetObject request and streams its body. */
public final class S3Lists implements Lists {
    /** S3's status for a version that doesn't exist or has an invalid id. */
    private static final int NOT_FOUND = 404;
    /** S3's status for a delete marker. */
    private static final int NOT_ALLOWED = 405;

    private final S3Client s3;

    /** Creates lists that are read with this client. */
    public S3Lists(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public Optional<Lists.UploadedFile> open(String bucket, String key, Optional<String> version) {
        var request = GetObjectRequest.builder().bucket(bucket).key(key);
        version.ifPresent(request::versionId);
        try {
            var object = s3.getObject(request.build());
            var read = Optional.ofNullable(object.response().versionId()).or(() -> version);
            return Optional.of(new Lists.UploadedFile(
                    read.orElse("null"), object.response().contentLength(), object));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_ALLOWED || (e.statusCode() == NOT_FOUND && !isMissingBucket(e)))
                return Optional.empty();
            throw e;
        }
    }

    private static boolean isMissingBucket(S3Exception e) {
        return e.awsErrorDetails() != null
                && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
    }
}
