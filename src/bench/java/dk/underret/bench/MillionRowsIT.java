package dk.underret.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans a list of the greatest supported length. Runs only with {@code -Pfaults}, because it takes half a minute. */
@Tag("faults")
class MillionRowsIT {
    private static final int ROWS = 1_000_000;

    /** Fails if the list doesn't fit in the child's heap, because that ends the child. */
    @Test
    void a_list_of_a_million_rows_is_planned_in_a_heap_of_64_megabytes() throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of("target", "million"));
        var file = SampleList.write(folder.resolve("list.csv"), ROWS);

        var measured = Child.run(
                List.of("-Xmx64m", "-XX:+UseSerialGC"), ListRun.class, Map.of(), file.toString(), "" + ROWS, "1");

        assertThat(measured.path("heap_bytes").asLong()).isBetween(1L, 64L << 20);
    }
}
