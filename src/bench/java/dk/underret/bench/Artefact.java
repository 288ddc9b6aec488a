package dk.underret.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the size of the deployed functions. */
final class Artefact {
    private static final double MEGABYTE = 1_000_000;

    private Artefact() {}

    static List<Figure> figures(Path function) throws IOException {
        try (var files = Files.walk(function)) {
            var bytes = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            return List.of(
                    Figure.alone("size of the functions with their libraries", bytes / MEGABYTE, "MB", "<= 17 MB"));
        }
    }
}
