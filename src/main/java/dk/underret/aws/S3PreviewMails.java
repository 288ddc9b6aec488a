package dk.underret.aws;

import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMailMessage;
import dk.underret.run.PreviewMails;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * {@link PreviewMails} in S3, with the key {@code trials/<run>/letters.json}. An empty object {@code trials/<run>/taken/<letter>}
 * claims a letter, numbered from 0; a conditional write creates it
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). The messages use the dispatch queue.
 */
public final class S3PreviewMails implements PreviewMails {
    private static final int PRECONDITION_FAILED = 412;

    /** S3's status for a concurrent write of the same key. */
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;
    private final SqsWork queue;

    /** Creates preview mails in the bucket with this name, with messages on this queue. */
    public S3PreviewMails(S3Client s3, String bucket, SqsWork queue) {
        this.s3 = s3;
        this.bucket = bucket;
        this.queue = queue;
    }

    @Override
    public void offer(PreviewMail previewMail) {
        s3.putObject(
                request -> request.bucket(bucket).key(key(previewMail.run())).contentType("application/json"),
                RequestBody.fromBytes(PreviewMailJson.write(previewMail)));
        queue.enqueue(
                previewMail.run(),
                IntStream.range(0, previewMail.people().size())
                        .mapToObj(letter -> "{\"trial\":\"%s\",\"letter\":%d}".formatted(previewMail.run(), letter))
                        .toList(),
                Duration.ZERO);
    }

    @Override
    public Optional<PreviewMail> find(String run) {
        try {
            var bytes = s3.getObjectAsBytes(request -> request.bucket(bucket).key(key(run)));
            return Optional.of(PreviewMailJson.read(run, bytes.asByteArrayUnsafe()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Treats a claim whose response was lost as another sender's: no preview mail is better than two. */
    @Override
    public boolean claim(PreviewMailMessage message) {
        try {
            s3.putObject(
                    request -> request.bucket(bucket)
                            .key("trials/" + message.run() + "/taken/" + message.letter())
                            .ifNoneMatch("*"),
                    RequestBody.empty());
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) return false;
            throw e;
        }
    }

    private static String key(String run) {
        return "trials/" + run + "/letters.json";
    }
}
