package dk.underret.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.local.ObjectStore.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Tests the local S3 with the client of the AWS SDK. */
class S3ServerTest {
    private final List<Change> changes = new ArrayList<>();
    private WebServer server;
    private S3Client s3;

    @BeforeEach
    void start() throws IOException {
        server = WebServer.start(0, new S3Server(new ObjectStore(changes::add)));
        s3 = Clients.s3(URI.create(server.url()));
        s3.createBucket(b -> b.bucket("uploads"));
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    private String put(String key, String text) {
        return s3.putObject(p -> p.bucket("uploads").key(key), RequestBody.fromString(text))
                .versionId();
    }

    private String get(String key) {
        return s3.getObjectAsBytes(g -> g.bucket("uploads").key(key)).asUtf8String();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "incidents/a/my list+1.csv", "incidents/æøå/50%.csv", "a/b//c", "x&<y>.csv"})
    void keeps_an_object_under_any_key(String key) {
        put(key, "Åse");
        assertThat(get(key)).isEqualTo("Åse");
        assertThat(s3.listObjectsV2(l -> l.bucket("uploads")).contents())
                .extracting(S3Object::key)
                .containsExactly(key);
    }

    @Test
    void keeps_every_version() {
        var first = put("a", "1");
        var second = put("a", "2");
        assertThat(get("a")).isEqualTo("2");
        assertThat(s3.getObjectAsBytes(g -> g.bucket("uploads").key("a").versionId(first))
                        .asUtf8String())
                .isEqualTo("1");
        assertThat(s3.listObjectVersions(l -> l.bucket("uploads").prefix("a")).versions())
                .extracting(ObjectVersion::versionId, ObjectVersion::isLatest)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(second, true),
                        org.assertj.core.groups.Tuple.tuple(first, false));
    }

    @Test
    void adds_a_delete_marker_to_a_deleted_object() {
        var version = put("a", "1");
        var marker = s3.deleteObject(d -> d.bucket("uploads").key("a"));
        assertThat(marker.deleteMarker()).isTrue();
        assertThatThrownBy(() -> get("a")).isInstanceOf(NoSuchKeyException.class);
        assertThat(s3.headObject(h -> h.bucket("uploads").key("a").versionId(version))
                        .contentLength())
                .isEqualTo(1);
        s3.deleteObject(d -> d.bucket("uploads").key("a").versionId(marker.versionId()));
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void obeys_conditional_writes() {
        put("a", "1");
        assertThatThrownBy(() ->
                        s3.putObject(p -> p.bucket("uploads").key("a").ifNoneMatch("*"), RequestBody.fromString("2")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThatThrownBy(() -> s3.putObject(
                        p -> p.bucket("uploads").key("a").ifMatch("\"other\""), RequestBody.fromString("2")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void accepts_a_streamed_upload() {
        var bytes = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        s3.putObject(
                p -> p.bucket("uploads").key("a"),
                RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length));
        assertThat(s3.getObjectAsBytes(g -> g.bucket("uploads").key("a")).asByteArray())
                .isEqualTo(bytes);
    }

    @Test
    void accepts_a_multipart_upload() {
        var id = s3.createMultipartUpload(c -> c.bucket("uploads").key("a")).uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (var text : List.of("first ", "second")) {
            var number = parts.size() + 1;
            var tag = s3.uploadPart(
                            u -> u.bucket("uploads").key("a").uploadId(id).partNumber(number),
                            RequestBody.fromString(text))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        s3.completeMultipartUpload(
                c -> c.bucket("uploads").key("a").uploadId(id).multipartUpload(m -> m.parts(parts)));
        assertThat(get("a")).isEqualTo("first second");
        assertThat(changes).extracting(Change::event).containsExactly("ObjectCreated:CompleteMultipartUpload");
    }

    @Test
    void reads_a_range() {
        put("a", "0123456789");
        assertThat(s3.getObjectAsBytes(g -> g.bucket("uploads").key("a").range("bytes=2-4"))
                        .asUtf8String())
                .isEqualTo("234");
    }

    @Test
    void lists_folders_and_pages() {
        for (var key : List.of("a/1", "a/2", "b/1", "c")) put(key, "");
        var top = s3.listObjectsV2(l -> l.bucket("uploads").delimiter("/"));
        assertThat(top.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("a/", "b/");
        assertThat(top.contents()).extracting(S3Object::key).containsExactly("c");
        assertThat(s3.listObjectsV2Paginator(l -> l.bucket("uploads").maxKeys(3))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("a/1", "a/2", "b/1", "c");
    }

    @Test
    void deletes_several_at_once() {
        for (var key : List.of("a", "b", "c")) put(key, "");
        var two = List.of("a", "c").stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        s3.deleteObjects(
                d -> d.bucket("uploads").delete(Delete.builder().objects(two).build()));
        assertThat(s3.listObjectsV2(l -> l.bucket("uploads")).contents())
                .extracting(S3Object::key)
                .containsExactly("b");
    }

    @Test
    void orders_changes_by_a_sequencer() {
        put("a", "1");
        put("a", "2");
        s3.deleteObject(d -> d.bucket("uploads").key("a"));
        assertThat(changes)
                .extracting(Change::event)
                .containsExactly("ObjectCreated:Put", "ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated");
        assertThat(changes).extracting(Change::sequencer).isSorted().doesNotHaveDuplicates();
    }
}
