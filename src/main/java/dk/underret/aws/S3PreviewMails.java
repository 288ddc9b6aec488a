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
 * {@link PreviewMails} in S3: {@code trials/<run>/letters.json}, and an empty object {@code trials/<run>/taken/<letter>} for each letter
 * that was taken up, written on the condition that there is none
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). Its messages go onto the queue of chunks.
 */
public final class S3PreviewMails implements PreviewMails {
    private static final int PRECONDITION_FAILED = 412;

    /** What S3 answers where another write of the same key is under way. */
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;
    private final SqsWork queue;

    /** In this bucket, with this queue. */
    public S3PreviewMails(S3Client s3, String bucket, SqsWork queue) {
        this.s3 = s3;
        this.bucket = bucket;
        this.queue = queue;
    }

    @Override
    public void offer(PreviewMail trial) {
        s3.putObject(
                request -> request.bucket(bucket).key(key(trial.run())).contentType("application/json"),
                RequestBody.fromBytes(PreviewMailJson.write(trial)));
        queue.enqueue(
                trial.run(),
                IntStream.range(0, trial.people().size())
                        .mapToObj(letter -> "{\"trial\":\"%s\",\"letter\":%d}".formatted(trial.run(), letter))
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

    /** A mark whose answer was lost counts as another's: rather no trial letter than two. */
    @Override
    public boolean claim(PreviewMailMessage letter) {
        try {
            s3.putObject(
                    request -> request.bucket(bucket)
                            .key("trials/" + letter.run() + "/taken/" + letter.letter())
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
