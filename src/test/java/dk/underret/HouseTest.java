package dk.underret;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house: ten packages at most, no cycles, arrows down only. */
class HouseTest {
    /** From the top down: each may use those after it. */
    private static final List<String> PACKAGES = List.of(
            "lambda", "aws", "evidence", "feedback", "dispatch", "intake", "ledger", "letter", "recipient", "incident");

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dk.underret");

    @Test
    void arrows_go_down_only() {
        var layers = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dk.underret..")
                .withOptionalLayers(true);
        for (var name : PACKAGES) layers = layers.layer(name).definedBy("dk.underret." + name);
        for (int i = 0; i < PACKAGES.size(); i++) {
            var above = PACKAGES.subList(0, i).toArray(String[]::new);
            layers = above.length == 0
                    ? layers.whereLayer(PACKAGES.get(i)).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(PACKAGES.get(i)).mayOnlyBeAccessedByLayers(above);
        }
        layers.check(SHIPPED);
    }

    @Test
    void no_package_is_in_a_cycle() {
        slices().matching("dk.underret.(*)..").should().beFreeOfCycles().check(SHIPPED);
    }

    @Test
    void every_class_lives_in_one_of_the_ten_packages() {
        var rooms = new TreeSet<String>();
        SHIPPED.forEach(c -> rooms.add(c.getPackageName()));
        assertThat(rooms)
                .isNotEmpty()
                .isSubsetOf(PACKAGES.stream().map("dk.underret."::concat).toList());
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
    void nothing_shipped_prints_but_the_log() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dk.underret.lambda.Log")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(SHIPPED);
    }

    @Test
    void ports_are_implemented_in_aws() {
        classes()
                .that()
                .resideInAPackage("dk.underret.aws")
                .and()
                .arePublic()
                .should()
                .onlyBeAccessed()
                .byAnyPackage("dk.underret.aws", "dk.underret.lambda")
                .allowEmptyShould(true)
                .check(SHIPPED);
    }

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var silent = files.filter(Files::isDirectory)
                    .filter(HouseTest::holdsJava)
                    .filter(d -> !Files.exists(d.resolve("package-info.java")))
                    .toList();
            assertThat(silent).isEmpty();
        }
    }

    private static boolean holdsJava(Path folder) {
        try (var files = Files.list(folder)) {
            return files.anyMatch(f -> f.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
