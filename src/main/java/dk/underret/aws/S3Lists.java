package dk.underret.aws;

import dk.underret.recipient.Lists;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link Lists} in S3: one GetObject per upload, its body a stream. */
public final class S3Lists implements Lists {
    /** What S3 answers to a version that is gone, of another form, or a delete marker (which can't be read: 405). */
    private static final int NOT_FOUND = 404;

    private static final int NOT_ALLOWED = 405;

    private final S3Client s3;

    /** Over this client. */
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
