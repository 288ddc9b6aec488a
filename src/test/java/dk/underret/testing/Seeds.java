package dk.underret.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What fuzzing begins with: the inputs of other tests, as they stand there. */
public final class Seeds {
    /** Longer files only slow it down. */
    private static final int LONGEST = 10_000;

    private Seeds() {}

    /** The files of a folder with this ending, in the order of their names. */
    public static Stream<byte[]> in(String folder, String ending) {
        try (var files = Files.list(Path.of(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(Seeds::read)
                    .filter(bytes -> bytes.length <= LONGEST)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field of the lines of these files. */
    public static Stream<byte[]> fields(int field, String separator, String... files) {
        return Arrays.stream(files)
                .map(file -> new String(read(Path.of(file)), StandardCharsets.UTF_8))
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(Pattern.quote(separator), -1)[field])
                .map(text -> text.strip().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
