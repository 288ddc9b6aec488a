package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jazzer finds kept inputs by the names of class and method, and silently runs none after one of them is renamed. */
class FuzzInputsTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    static List<Path> folders() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::getParent)
                    .filter(folder -> folder.getParent().toString().endsWith("Inputs"))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void belong_to_a_fuzz_test(Path folder) throws ClassNotFoundException {
        var name = RESOURCES.relativize(folder.getParent()).toString().replace('/', '.');
        var test = Class.forName(name.substring(0, name.length() - "Inputs".length()));
        assertThat(Arrays.stream(test.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(FuzzTest.class)))
                .extracting(method -> method.getName())
                .contains(folder.getFileName().toString());
    }

    @Test
    void are_kept_for_lists_addresses_facts_and_letters() throws IOException {
        assertThat(folders()).hasSizeGreaterThanOrEqualTo(4);
    }
}
