package dk.underret.testing;

import dk.underret.recipient.Lists;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A versioned bucket in memory. The versions of a key are {@code v1}, {@code v2} … */
public final class FakeLists implements Lists {
    private final Map<String, List<byte[]>> versions = new ConcurrentHashMap<>();

    /** Uploads a file and returns its version. */
    public synchronized String put(String bucket, String key, byte[] content) {
        var all = versions.computeIfAbsent(bucket + "/" + key, k -> new ArrayList<>());
        all.add(content.clone());
        return "v" + all.size();
    }

    /** Deletes a key with all its versions. */
    public synchronized void delete(String bucket, String key) {
        versions.remove(bucket + "/" + key);
    }

    @Override
    public synchronized Optional<Lists.UploadedFile> open(String bucket, String key, Optional<String> version) {
        var all = versions.getOrDefault(bucket + "/" + key, List.of());
        var number = version.map(v -> Integer.parseInt(v.substring(1))).orElse(all.size());
        if (number < 1 || number > all.size()) return Optional.empty();
        var content = all.get(number - 1);
        return Optional.of(new Lists.UploadedFile("v" + number, content.length, new ByteArrayInputStream(content)));
    }
}
