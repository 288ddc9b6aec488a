package dk.underret.local;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Handles multipart uploads, which the AWS CLI uses for files over 8 MB. */
final class S3Multipart {
    /** A completed upload. */
    record CompletedUpload(Map<String, String> headers, byte[] body) {}

    private record Upload(Map<String, String> headers, SortedMap<Integer, byte[]> parts) {}

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    Response start(String bucket, String key, Map<String, String> headers) {
        var id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(headers, new ConcurrentSkipListMap<>()));
        var text = Xml.document(
                "InitiateMultipartUploadResult",
                x -> x.leaf("Bucket", bucket).leaf("Key", key).leaf("UploadId", id));
        return Response.of(200, "application/xml", text);
    }

    Response part(Request request, byte[] body) {
        var upload = uploads.get(request.query().get("uploadId"));
        if (upload == null) return S3Server.error(404, "NoSuchUpload", "The specified upload does not exist.");
        upload.parts().put(Integer.parseInt(request.query().get("partNumber")), body);
        return new Response.Full(200, Map.of("ETag", ObjectStore.etag(body)), new byte[0]);
    }

    Response abort(Request request) {
        uploads.remove(request.query().get("uploadId"));
        return Response.status(204);
    }

    /** Completes an upload and joins its parts in order; empty if the upload doesn't exist. */
    Optional<CompletedUpload> finish(Request request) {
        var upload = uploads.remove(request.query().getOrDefault("uploadId", ""));
        if (upload == null) return Optional.empty();
        var whole = new ByteArrayOutputStream();
        upload.parts().values().forEach(whole::writeBytes);
        return Optional.of(new CompletedUpload(upload.headers(), whole.toByteArray()));
    }
}
