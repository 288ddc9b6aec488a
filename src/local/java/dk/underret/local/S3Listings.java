package dk.underret.local;

import dk.underret.local.ObjectStore.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Responds to S3's requests about buckets: listings of objects and versions, location and versioning. */
final class S3Listings {
    private static final int PAGE = 1_000;

    private final ObjectStore objects;

    S3Listings(ObjectStore objects) {
        this.objects = objects;
    }

    Response buckets() {
        return xml(Xml.document(
                "ListAllMyBucketsResult",
                x -> x.element(
                        "Buckets",
                        all -> objects.names()
                                .forEach(name -> all.element(
                                        "Bucket",
                                        b -> b.leaf("Name", name).leaf("CreationDate", "2026-01-01T00:00:00.000Z"))))));
    }

    Response answer(Request request, String bucket) {
        var query = request.query();
        if (query.containsKey("location")) return xml(Xml.document("LocationConstraint", x -> {}));
        if (query.containsKey("versioning"))
            return xml(Xml.document("VersioningConfiguration", x -> x.leaf("Status", "Enabled")));
        if (query.containsKey("versions")) return versions(request, bucket);
        return objects(request, bucket);
    }

    private Response versions(Request request, String bucket) {
        var prefix = request.query().getOrDefault("prefix", "");
        var encode = encoding(request);
        return xml(Xml.document("ListVersionsResult", x -> {
            x.leaf("Name", bucket).leaf("Prefix", prefix).leaf("IsTruncated", false);
            for (var version : objects.versions(bucket, prefix)) {
                var newest = objects.get(bucket, version.key(), java.util.Optional.empty())
                        .filter(v -> v == version)
                        .isPresent();
                x.element(version.deleted() ? "DeleteMarker" : "Version", v -> {
                    v.leaf("Key", encode.apply(version.key()))
                            .leaf("VersionId", version.id())
                            .leaf("IsLatest", newest)
                            .leaf("LastModified", version.at());
                    if (!version.deleted()) v.leaf("ETag", version.etag()).leaf("Size", version.body().length);
                });
            }
        }));
    }

    private Response objects(Request request, String bucket) {
        var query = request.query();
        var prefix = query.getOrDefault("prefix", "");
        var delimiter = query.getOrDefault("delimiter", "");
        var after = query.getOrDefault(
                "continuation-token", query.getOrDefault("start-after", query.getOrDefault("marker", "")));
        var limit = Math.min(PAGE, Integer.parseInt(query.getOrDefault("max-keys", "" + PAGE)));
        var folders = new TreeSet<String>();
        var rest = objects.list(bucket, prefix).stream()
                .filter(v -> v.key().compareTo(after) > 0)
                .filter(v -> isLeaf(v, prefix, delimiter, folders))
                .toList();
        var page = rest.subList(0, Math.min(limit, rest.size()));
        return xml(Xml.document("ListBucketResult", x -> {
            page(x, request, bucket, page, folders);
            x.leaf("Prefix", prefix).leaf("MaxKeys", limit).leaf("IsTruncated", rest.size() > page.size());
            if (rest.size() > page.size()) {
                x.leaf("NextContinuationToken", page.getLast().key());
                x.leaf("NextMarker", page.getLast().key());
            }
        }));
    }

    private static void page(Xml x, Request request, String bucket, List<Version> page, TreeSet<String> folders) {
        var encode = encoding(request);
        x.leaf("Name", bucket).leaf("KeyCount", page.size() + folders.size());
        if (request.query().containsKey("encoding-type")) x.leaf("EncodingType", "url");
        for (var version : page)
            x.element(
                    "Contents",
                    c -> c.leaf("Key", encode.apply(version.key()))
                            .leaf("LastModified", version.at())
                            .leaf("ETag", version.etag())
                            .leaf("Size", version.body().length)
                            .leaf("StorageClass", "STANDARD"));
        for (var folder : folders) x.element("CommonPrefixes", c -> c.leaf("Prefix", encode.apply(folder)));
    }

    /** Returns whether a key is listed itself. Otherwise adds its common prefix to {@code folders}. */
    private static boolean isLeaf(Version version, String prefix, String delimiter, TreeSet<String> folders) {
        var end = delimiter.isEmpty() ? -1 : version.key().indexOf(delimiter, prefix.length());
        if (end >= 0) folders.add(version.key().substring(0, end + delimiter.length()));
        return end < 0;
    }

    private static UnaryOperator<String> encoding(Request request) {
        return request.query().containsKey("encoding-type")
                ? key -> URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/")
                : key -> key;
    }

    private static Response xml(String text) {
        return Response.of(200, "application/xml", text);
    }
}
