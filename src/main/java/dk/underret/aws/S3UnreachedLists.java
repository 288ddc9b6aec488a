package dk.underret.aws;

import dk.underret.incident.NoticeId;
import dk.underret.sweep.UnreachedLists;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@link UnreachedLists} in S3. */
public final class S3UnreachedLists implements UnreachedLists {
    private final S3Client s3;
    private final String bucket;

    /** Creates lists in the bucket with this name. */
    public S3UnreachedLists(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void put(NoticeId notice, String run, String csv) {
        s3.putObject(
                put -> put.bucket(bucket).key(UnreachedLists.key(notice, run)).contentType("text/csv; charset=utf-8"),
                RequestBody.fromString(csv));
    }
}
