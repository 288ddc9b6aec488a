package dk.underret.aws;

import dk.underret.intake.Evidence;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@link Evidence} in S3, with the key {@code incidents/<incident>/<run>/<name>}; {@code <incident>} is {@code _} if unknown. */
public final class S3Evidence implements Evidence {
    private static final String NO_INCIDENT = "_";

    private final S3Client s3;
    private final String bucket;

    /** Creates evidence in the bucket with this name. */
    public S3Evidence(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void put(String incident, String run, String name, String content) {
        var key = "incidents/" + (incident.isEmpty() ? NO_INCIDENT : incident) + "/" + run + "/" + name;
        var type = name.endsWith(".csv") ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromString(content));
    }
}
