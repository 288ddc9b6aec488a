package dk.underret.aws;

import dk.underret.incident.NoticeId;
import dk.underret.intake.Previews;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@link Previews} in S3. */
public final class S3Previews implements Previews {
    private final S3Client s3;
    private final String bucket;

    /** Creates previews in the bucket with this name. */
    public S3Previews(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void preview(NoticeId notice, String run, String html) {
        put(Previews.key(notice, run), "text/html; charset=utf-8", html);
    }

    @Override
    public void check(String name, String locale, String text) {
        put("checks/letters/" + name + "/" + locale + ".txt", "text/plain; charset=utf-8", text);
    }

    private void put(String key, String type, String content) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromString(content));
    }
}
