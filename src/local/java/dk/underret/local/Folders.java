package dk.underret.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** Writes the files and folders of the local run. */
final class Folders {
    private Folders() {}

    /** Creates a folder, or empties it if it exists. */
    static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList())
                    if (!path.equals(folder)) Files.delete(path);
            }
        }
        Files.createDirectories(folder);
    }

    /** Replaces a file atomically: a reader sees the old content or the new content, never a part. */
    static void replace(Path file, String content) throws IOException {
        var next = Files.createTempFile(file.getParent(), ".", ".tmp");
        Files.writeString(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Exports the objects of a bucket to a folder, one file per key. */
    static void export(ObjectStore objects, String bucket, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var version : objects.list(bucket, "")) {
            var file = folder.resolve(version.key()).normalize();
            if (!file.startsWith(folder) || version.key().endsWith("/")) continue;
            Files.createDirectories(file.getParent());
            Files.write(file, version.body());
        }
    }
}
