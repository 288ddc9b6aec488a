package dk.underret;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rules for source roots: which root may use which. */
class SourceRootsTest {
    private static final Path SOURCES = Path.of("src");

    /** The other roots that each root may use. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.of(
            "main", Set.of(),
            "local", Set.of("main"),
            "test", Set.of("main", "local"),
            "simulation", Set.of("main", "test"),
            "faults", Set.of("local"),
            "bench", Set.of("main", "local", "test"),
            "fuzz", Set.of(),
            "localstack", Set.of()));

    private static final Set<String> ROOTS = MAY_USE.keySet();

    /** The root of each top-level class, by name. */
    private static final Map<String, String> ROOT_OF = rootOfEachClass();

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dk.underret");

    @Test
    void every_source_root_is_listed_here() throws IOException {
        try (var folders = Files.list(SOURCES)) {
            assertThat(folders.filter(folder -> Files.isDirectory(folder.resolve("java"))))
                    .map(folder -> folder.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(ROOTS);
        }
    }

    @ParameterizedTest(name = "src/{0}")
    @FieldSource("ROOTS")
    void a_root_uses_only_the_roots_listed_here(String root) {
        var others = ROOTS.stream()
                .filter(other -> !other.equals(root)
                        && !MAY_USE.getOrDefault(root, Set.of()).contains(other))
                .toList();
        noClasses()
                .that(describe("are in src/" + root, type -> isIn(List.of(root), type)))
                .should()
                .dependOnClassesThat(describe("are in " + others, type -> isIn(others, type)))
                .check(PROJECT);
    }

    @Test
    void every_package_has_a_package_info() {
        var described = new TreeSet<Path>();
        var packages = new TreeSet<Path>();
        for (var root : ROOTS)
            sources(root).forEach(file -> {
                packages.add(file.getParent());
                if (file.endsWith("package-info.java")) described.add(file.getParent());
            });
        assertThat(described).containsAll(packages);
    }

    private static boolean isIn(List<String> roots, JavaClass type) {
        var root = ROOT_OF.get(outermost(type.getBaseComponentType()).getName());
        return root != null && roots.contains(root);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(SourceRootsTest::outermost).orElse(type);
    }

    private static Map<String, String> rootOfEachClass() {
        var roots = new HashMap<String, String>();
        for (var root : ROOTS)
            sources(root).forEach(file -> {
                var name = file.toString().replace(File.separatorChar, '.');
                roots.put(name.substring(0, name.length() - ".java".length()), root);
            });
        return roots;
    }

    /** Returns the Java files of a root, relative to its folder. */
    private static List<Path> sources(String root) {
        var folder = SOURCES.resolve(root).resolve("java");
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(folder::relativize)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
