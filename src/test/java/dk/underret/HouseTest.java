package dk.underret;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dk.underret.dispatch.Mailer;
import dk.underret.incident.Incidents;
import dk.underret.intake.Evidence;
import dk.underret.intake.Previews;
import dk.underret.ledger.Ledger;
import dk.underret.recipient.Keys;
import dk.underret.recipient.Lists;
import dk.underret.run.Accounts;
import dk.underret.run.Chunks;
import dk.underret.run.PreviewMails;
import dk.underret.run.Runs;
import dk.underret.run.Work;
import dk.underret.sweep.UnreachedLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules for packages: which package may use which, and which library. Each deployed function has a worker package; the packages
 * below are shared.
 *
 * <p>A rule lists what it allows. Everything else is refused.
 */
class HouseTest {
    /** The package of each deployed function. */
    private static final List<String> WORKERS = List.of("intake", "dispatch", "feedback", "sweep");

    /** The layers from top to bottom. A package may use those in lower layers, and none in its own. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("lambda"),
            List.of("aws"),
            WORKERS,
            List.of("run"),
            List.of("letter", "ledger"),
            List.of("recipient"),
            List.of("incident"));

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dk.underret");

    @Test
    void a_package_uses_only_lower_layers() {
        var layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dk.underret..");
        for (var name : LAYERS.stream().flatMap(List::stream).toList())
            layers = layers.layer(name).definedBy("dk.underret." + name);
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            var above = LAYERS.subList(0, layer).stream().flatMap(List::stream).toArray(String[]::new);
            for (var name : LAYERS.get(layer))
                layers = above.length == 0
                        ? layers.whereLayer(name).mayNotBeAccessedByAnyLayer()
                        : layers.whereLayer(name).mayOnlyBeAccessedByLayers(above);
        }
        layers.check(SHIPPED);
    }

    @ParameterizedTest(name = "{0} uses no other worker")
    @FieldSource("WORKERS")
    void a_worker_uses_no_other_worker(String worker) {
        var others = WORKERS.stream()
                .filter(other -> !other.equals(worker))
                .map("dk.underret."::concat)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dk.underret." + worker)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(SHIPPED);
    }

    @Test
    void no_package_is_in_a_cycle() {
        slices().matching("dk.underret.(*)..").should().beFreeOfCycles().check(SHIPPED);
    }

    @Test
    void no_file_is_in_a_cycle() {
        slices().assignedFrom(FILES).should().beFreeOfCycles().check(SHIPPED);
    }

    /** A file is its top-level class with everything nested in it. */
    private static final SliceAssignment FILES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
        }

        @Override
        public String getDescription() {
            return "files";
        }
    };

    @Test
    void every_class_is_in_one_of_the_packages_listed_here() {
        var packages = new TreeSet<String>();
        SHIPPED.forEach(type -> packages.add(type.getPackageName()));
        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(LAYERS.stream()
                        .flatMap(List::stream)
                        .map("dk.underret."::concat)
                        .toList());
    }

    @ParameterizedTest(name = "only {1} uses {0}")
    @CsvSource({
        "software.amazon.awssdk.., dk.underret.aws",
        "com.github.jknack.handlebars.., dk.underret.letter",
        "org.commonmark.., dk.underret.letter",
        "de.siegmar.fastcsv.., dk.underret.recipient",
        "com.amazonaws.services.lambda.., dk.underret.lambda",
        "com.networknt.., dk.underret.incident",
    })
    void a_library_has_one_user(String library, String user) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(SHIPPED);
    }

    @Test
    void only_the_log_prints() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dk.underret.lambda.Log")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(SHIPPED);
    }

    /** A port is an interface of a domain package. Its implementation uses an AWS service. */
    @ParameterizedTest(name = "only aws implements {0}")
    @ValueSource(
            classes = {
                Incidents.class,
                Lists.class,
                Keys.class,
                Ledger.class,
                Runs.class,
                Chunks.class,
                Work.class,
                Accounts.class,
                PreviewMails.class,
                Evidence.class,
                Previews.class,
                Mailer.class,
                UnreachedLists.class,
            })
    void only_aws_implements_a_port(Class<?> port) {
        var implementations = SHIPPED.stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(port))
                .toList();
        assertThat(implementations)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getPackageName()).isEqualTo("dk.underret.aws"));
    }

    @Test
    void only_lambda_uses_aws() {
        classes()
                .that()
                .resideInAPackage("dk.underret.aws")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("dk.underret.aws", "dk.underret.lambda")
                .check(SHIPPED);
    }

    @Test
    void every_package_has_a_package_info() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var undescribed = files.filter(Files::isDirectory)
                    .filter(HouseTest::containsJava)
                    .filter(d -> !Files.exists(d.resolve("package-info.java")))
                    .toList();
            assertThat(undescribed).isEmpty();
        }
    }

    private static boolean containsJava(Path folder) {
        try (var files = Files.list(folder)) {
            return files.anyMatch(f -> f.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
