package dk.underret;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Checks that every fault in {@code faults.csv} names a test that JUnit runs. After the tests, {@code
 * src/test/contract/count_tests.py} checks in the reports that each of them ran and passed.
 */
class FaultsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/faults.csv", numLinesToSkip = 1)
    void every_fault_names_a_test_that_is_run(String at, String fault, String test) throws ClassNotFoundException {
        var dot = test.lastIndexOf('.');
        var type = Class.forName("dk.underret." + test.substring(0, dot));
        var methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(test.substring(dot + 1)))
                .toList();

        assertThat(methods).singleElement().satisfies(FaultsTest::isRun);
        assertThat(AnnotationSupport.isAnnotated(type, Disabled.class)).isFalse();
        assertThat(type.getName())
                .as("the name of a class that Maven's test plugins run")
                .containsPattern("(Test|IT)(\\$|$)");
    }

    private static void isRun(Method method) {
        assertThat(AnnotationSupport.isAnnotated(method, Testable.class))
                .as("annotated as a test")
                .isTrue();
        assertThat(AnnotationSupport.isAnnotated(method, Disabled.class))
                .as("annotated as disabled")
                .isFalse();
    }
}
