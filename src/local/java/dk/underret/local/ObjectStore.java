package dk.underret.local;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Versioned buckets in memory, the storage of the local S3. Thread-safe. */
final class ObjectStore {
    /**
     * A version of an object.
     *
     * @param etag MD5 in quotes, as S3 writes it
     * @param headers headers that are returned with the object: its type and {@code x-amz-meta-…}
     * @param deleted whether this is a delete marker
     */
    record Version(
            String key,
            String id,
            byte[] body,
            String etag,
            Map<String, String> headers,
            Instant at,
            boolean deleted) {}

    /**
     * A change, as an S3 notification reports it.
     *
     * @param event for example {@code ObjectCreated:Put}
     * @param sequencer hexadecimal; orders the writes of one key
     * @param principal the user who made the change
     */
    record Change(String bucket, String event, Version version, String sequencer, String principal) {}

    private static final long FIRST_SEQUENCER = 0x0062E99A88DC0000L;

    private final Map<String, NavigableMap<String, Deque<Version>>> buckets = new TreeMap<>();
    private final AtomicLong sequencer = new AtomicLong(FIRST_SEQUENCER);
    private final Consumer<Change> listener;

    /**
     * Creates an empty store.
     *
     * @param listener called for each change, in order; must not block
     */
    ObjectStore(Consumer<Change> listener) {
        this.listener = listener;
    }

    /** Creates a bucket if it doesn't exist. */
    synchronized void create(String bucket) {
        buckets.computeIfAbsent(bucket, b -> new TreeMap<>());
    }

    /** Returns the names of the buckets, sorted. */
    synchronized List<String> names() {
        return List.copyOf(buckets.keySet());
    }

    /** Returns whether a bucket exists. */
    synchronized boolean has(String bucket) {
        return buckets.containsKey(bucket);
    }

    /**
     * Writes a new version.
     *
     * @param absent write only if the key has no current version
     * @param match write only if the current version has this ETag
     * @return the new version; empty if the condition failed
     */
    synchronized Optional<Version> put(
            String bucket,
            String key,
            byte[] body,
            Map<String, String> headers,
            boolean absent,
            Optional<String> match,
            String event,
            String principal) {
        var now = get(bucket, key, Optional.empty()).filter(v -> !v.deleted());
        if (absent && now.isPresent()) return Optional.empty();
        if (match.isPresent() && now.filter(v -> v.etag().equals(match.get())).isEmpty()) return Optional.empty();
        var version = new Version(key, newId(), body, etag(body), Map.copyOf(headers), Instant.now(), false);
        add(bucket, version, event, principal);
        return Optional.of(version);
    }

    /** Returns the named version, or the current one. The result may be a delete marker. */
    synchronized Optional<Version> get(String bucket, String key, Optional<String> id) {
        var versions = bucket(bucket).getOrDefault(key, new ArrayDeque<>());
        if (id.isEmpty()) return Optional.ofNullable(versions.peekFirst());
        return versions.stream().filter(v -> v.id().equals(id.get())).findFirst();
    }

    /**
     * Deletes the named version permanently or, without an id, adds a delete marker.
     *
     * @return the deleted version or the delete marker; empty if the version doesn't exist
     */
    synchronized Optional<Version> delete(String bucket, String key, Optional<String> id, String principal) {
        if (id.isPresent()) {
            var found = get(bucket, key, id);
            found.ifPresent(v -> bucket(bucket).get(key).remove(v));
            return found;
        }
        var marker = new Version(key, newId(), new byte[0], "", Map.of(), Instant.now(), true);
        add(bucket, marker, "ObjectRemoved:DeleteMarkerCreated", principal);
        return Optional.of(marker);
    }

    /** Returns the current versions under a prefix, sorted by key, without delete markers. */
    synchronized List<Version> list(String bucket, String prefix) {
        return versions(bucket, prefix).stream()
                .filter(v -> bucket(bucket).get(v.key()).peekFirst() == v && !v.deleted())
                .toList();
    }

    /** Returns all versions under a prefix, sorted by key, newest first. */
    synchronized List<Version> versions(String bucket, String prefix) {
        return bucket(bucket).tailMap(prefix, true).entrySet().stream()
                .takeWhile(e -> e.getKey().startsWith(prefix))
                .flatMap(e -> e.getValue().stream())
                .toList();
    }

    private void add(String bucket, Version version, String event, String principal) {
        bucket(bucket).computeIfAbsent(version.key(), k -> new ArrayDeque<>()).addFirst(version);
        var order = String.format("%016X", sequencer.incrementAndGet());
        listener.accept(new Change(bucket, event, version, order, principal));
    }

    private NavigableMap<String, Deque<Version>> bucket(String bucket) {
        var found = buckets.get(bucket);
        if (found == null) throw new IllegalArgumentException("no such bucket");
        return found;
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Returns the ETag of an object, in quotes. */
    static String etag(byte[] body) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(body);
            return '"' + HexFormat.of().formatHex(digest) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
