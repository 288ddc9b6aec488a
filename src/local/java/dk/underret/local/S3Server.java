package dk.underret.local;

import dk.underret.local.ObjectStore.Version;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Serves an {@link ObjectStore} over S3's REST protocol with path-style URLs. It supports the requests with which the SDK and the AWS
 * CLI write, read, list and delete versioned objects, including conditional, streamed and multipart writes. It ignores signatures.
 */
final class S3Server implements WebServer.Handler {
    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ObjectStore objects;
    private final S3Listings listings;
    private final S3Multipart multipart = new S3Multipart();

    S3Server(ObjectStore objects) {
        this.objects = objects;
        this.listings = new S3Listings(objects);
    }

    @Override
    public Response handle(Request request) throws Exception {
        var path = request.path().substring(1);
        var slash = path.indexOf('/');
        var bucket = slash < 0 ? path : path.substring(0, slash);
        var key = slash < 0 ? "" : path.substring(slash + 1);
        if (bucket.isEmpty()) return listings.buckets();
        if (request.method().equals("PUT") && key.isEmpty() && request.query().isEmpty()) {
            objects.create(bucket);
            return Response.status(200);
        }
        if (!objects.has(bucket)) return error(404, "NoSuchBucket", "The specified bucket does not exist");
        return key.isEmpty() ? onBucket(request, bucket) : onObject(request, bucket, key);
    }

    private Response onBucket(Request request, String bucket) throws Exception {
        return switch (request.method()) {
            case "HEAD" -> Response.status(200);
            case "POST" -> deleteAll(request, bucket);
            case "GET" -> listings.answer(request, bucket);
            default -> error(501, "NotImplemented", "the local S3 does not support this request");
        };
    }

    private Response onObject(Request request, String bucket, String key) {
        var version = Optional.ofNullable(request.query().get("versionId"));
        return switch (request.method()) {
            case "PUT" ->
                request.query().containsKey("partNumber")
                        ? multipart.part(request, content(request))
                        : write(request, bucket, key);
            case "POST" -> post(request, bucket, key);
            case "GET", "HEAD" -> read(request, bucket, key, version);
            case "DELETE" ->
                request.query().containsKey("uploadId")
                        ? multipart.abort(request)
                        : delete(request, bucket, key, version);
            default -> error(501, "NotImplemented", "the local S3 does not support this request");
        };
    }

    private Response write(Request request, String bucket, String key) {
        var source = request.header("x-amz-copy-source");
        if (source.isEmpty())
            return put(request, bucket, key, content(request), storedHeaders(request), "ObjectCreated:Put");
        var copied = copied(source.get());
        if (copied.isEmpty()) return error(404, "NoSuchKey", "The specified key does not exist.");
        var answer = put(request, bucket, key, copied.get().body(), copied.get().headers(), "ObjectCreated:Copy");
        if (answer.status() != 200) return answer;
        return withBody(
                answer,
                Xml.document(
                        "CopyObjectResult",
                        x -> x.leaf("ETag", answer.headers().get("ETag"))
                                .leaf("LastModified", java.time.Instant.now())));
    }

    private Optional<Version> copied(String source) {
        var parsed = Request.of("GET", source.startsWith("/") ? source : "/" + source, Map.of(), new byte[0]);
        var names = parsed.path().substring(1).split("/", 2);
        if (names.length < 2 || !objects.has(names[0])) return Optional.empty();
        return objects.get(
                        names[0], names[1], Optional.ofNullable(parsed.query().get("versionId")))
                .filter(v -> !v.deleted());
    }

    private Response post(Request request, String bucket, String key) {
        if (request.query().containsKey("uploads")) return multipart.start(bucket, key, storedHeaders(request));
        var parts = multipart.finish(request);
        if (parts.isEmpty()) return error(404, "NoSuchUpload", "The specified upload does not exist.");
        var answer = put(
                request,
                bucket,
                key,
                parts.get().body(),
                parts.get().headers(),
                "ObjectCreated:CompleteMultipartUpload");
        if (answer.status() != 200) return answer;
        return withBody(
                answer,
                Xml.document(
                        "CompleteMultipartUploadResult",
                        x -> x.leaf("Bucket", bucket)
                                .leaf("Key", key)
                                .leaf("ETag", answer.headers().get("ETag"))));
    }

    private Response.Full put(
            Request request, String bucket, String key, byte[] body, Map<String, String> storedHeaders, String event) {
        var written = objects.put(
                bucket,
                key,
                body,
                storedHeaders,
                request.header("if-none-match").filter("*"::equals).isPresent(),
                request.header("if-match"),
                event,
                principal(request));
        if (written.isEmpty())
            return error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        var headers = Map.of(
                "ETag", written.get().etag(), "x-amz-version-id", written.get().id());
        return new Response.Full(200, headers, new byte[0]);
    }

    private Response read(Request request, String bucket, String key, Optional<String> id) {
        var found = objects.get(bucket, key, id);
        if (found.isEmpty())
            return error(404, id.isPresent() ? "NoSuchVersion" : "NoSuchKey", "The specified key does not exist.");
        var version = found.get();
        var headers = new LinkedHashMap<String, String>(version.headers());
        headers.put("x-amz-version-id", version.id());
        if (version.deleted()) {
            headers.put("x-amz-delete-marker", "true");
            var answer = id.isPresent()
                    ? error(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
                    : error(404, "NoSuchKey", "The specified key does not exist.");
            return new Response.Full(answer.status(), headers, answer.body());
        }
        headers.put("ETag", version.etag());
        headers.put("Last-Modified", HTTP_DATE.format(version.at()));
        headers.put("Accept-Ranges", "bytes");
        return ranged(request, version.body(), headers);
    }

    private static Response ranged(Request request, byte[] body, Map<String, String> headers) {
        var range = RANGE.matcher(request.header("range").orElse(""));
        if (!range.matches() || body.length == 0) return new Response.Full(200, headers, body);
        var last = body.length - 1;
        var from = range.group(1).isEmpty()
                ? Math.max(0, body.length - Integer.parseInt(range.group(2)))
                : Integer.parseInt(range.group(1));
        var to = range.group(1).isEmpty() || range.group(2).isEmpty()
                ? last
                : (int) Math.min(last, Long.parseLong(range.group(2)));
        if (from > to) return error(416, "InvalidRange", "The requested range is not satisfiable");
        headers.put("Content-Range", "bytes " + from + "-" + to + "/" + body.length);
        return new Response.Full(206, headers, Arrays.copyOfRange(body, from, to + 1));
    }

    private Response delete(Request request, String bucket, String key, Optional<String> id) {
        var headers = new LinkedHashMap<String, String>();
        objects.delete(bucket, key, id, principal(request)).ifPresent(v -> {
            headers.put("x-amz-version-id", v.id());
            if (v.deleted()) headers.put("x-amz-delete-marker", "true");
        });
        return new Response.Full(204, headers, new byte[0]);
    }

    private Response deleteAll(Request request, String bucket) throws Exception {
        if (!request.query().containsKey("delete"))
            return error(501, "NotImplemented", "the local S3 does not support this request");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(content(request)));
        var wanted = document.getElementsByTagName("Object");
        return Response.of(200, "application/xml", Xml.document("DeleteResult", x -> {
            for (int i = 0; i < wanted.getLength(); i++) {
                var object = (Element) wanted.item(i);
                var key = object.getElementsByTagName("Key").item(0).getTextContent();
                var ids = object.getElementsByTagName("VersionId");
                var id = ids.getLength() == 0
                        ? Optional.<String>empty()
                        : Optional.of(ids.item(0).getTextContent());
                objects.delete(bucket, key, id, principal(request));
                x.element("Deleted", d -> d.leaf("Key", key));
            }
        }));
    }

    /** Returns the body, decoded if the upload is streamed (aws-chunked, with or without signatures and trailers). */
    private static byte[] content(Request request) {
        var framed = request.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-")
                || request.header("content-encoding").orElse("").contains("aws-chunked");
        return framed ? AwsChunked.decode(request.body()) : request.body();
    }

    private static Map<String, String> storedHeaders(Request request) {
        var storedHeaders = new LinkedHashMap<String, String>();
        request.headers().forEach((name, value) -> {
            if (name.equals("content-type") || name.startsWith("x-amz-meta-")) storedHeaders.put(name, value);
        });
        return storedHeaders;
    }

    private static String principal(Request request) {
        var key = ACCESS_KEY.matcher(request.header("authorization").orElse(""));
        return "AWS:" + (key.find() ? key.group(1) : "anonymous");
    }

    private static Response withBody(Response.Full answer, String xml) {
        return new Response.Full(answer.status(), answer.headers(), xml.getBytes(StandardCharsets.UTF_8));
    }

    static Response.Full error(int status, String code, String message) {
        var text = Xml.document("Error", x -> x.leaf("Code", code).leaf("Message", message))
                .replace(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"", "");
        return Response.of(status, "application/xml", text);
    }
}
