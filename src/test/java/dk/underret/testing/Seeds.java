package dk.underret.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Seed inputs for the fuzz tests, read from the files of other tests. */
public final class Seeds {
    /** The size limit of seed files. Longer ones slow the fuzzer down. */
    private static final int MAX_LENGTH = 10_000;

    private Seeds() {}

    /** Returns the contents of a folder's files with this ending, in the order of their names. */
    public static Stream<byte[]> in(String folder, String ending) {
        try (var files = Files.list(Path.of(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(Seeds::read)
                    .filter(bytes -> bytes.length <= MAX_LENGTH)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns one field of every line of these files, except comments. */
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
