package dk.underret.aws;

import dk.underret.incident.Sha256;
import dk.underret.run.Chunk;
import dk.underret.run.Chunks;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** {@link Chunks} in S3, with the key {@code chunks/<run>/<number>.json}; the number has five digits and counts from 0. */
public final class S3Chunks implements Chunks {
    private final S3Client s3;
    private final String bucket;

    /** Creates chunks in the bucket with this name. */
    public S3Chunks(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public String put(Chunk chunk) {
        var bytes = ChunkJson.write(chunk);
        s3.putObject(
                request -> request.bucket(bucket).key(key(chunk.run(), chunk.number())),
                RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(bytes), bytes.length, "application/json"));
        return Sha256.hex(bytes);
    }

    @Override
    public Optional<Chunk> get(String run, int number, String sha256) {
        try {
            var bytes = s3.getObjectAsBytes(request -> request.bucket(bucket).key(key(run, number)))
                    .asByteArrayUnsafe();
            if (!Sha256.hex(bytes).equals(sha256))
                throw new IllegalStateException("chunk " + number + " of run " + run + " was altered");
            return Optional.of(ChunkJson.read(run, number, bytes));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(String run) {
        var pages = s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix("chunks/" + run + "/"));
        for (var page : pages) {
            var keys = page.contents().stream()
                    .map(object -> ObjectIdentifier.builder().key(object.key()).build())
                    .toList();
            if (keys.isEmpty()) continue;
            var response = s3.deleteObjects(request ->
                    request.bucket(bucket).delete(batch -> batch.objects(keys).quiet(true)));
            if (response.hasErrors() && !response.errors().isEmpty())
                throw new IllegalStateException(
                        response.errors().size() + " chunks of run " + run + " could not be deleted: "
                                + response.errors().getFirst().code());
        }
    }

    private static String key(String run, int number) {
        return "chunks/%s/%05d.json".formatted(run, number);
    }
}
