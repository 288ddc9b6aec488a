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
 * Every fault that must be survived has a test in {@code faults.csv}. That each of them ran and passed is checked from the
 * reports, after the tests: {@code src/test/contract/count_tests.py}.
 */
class FaultsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/faults.csv", numLinesToSkip = 1)
    void each_fault_names_a_test_that_is_run(String at, String fault, String test) throws ClassNotFoundException {
        var dot = test.lastIndexOf('.');
        var type = Class.forName("dk.underret." + test.substring(0, dot));
        var methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(test.substring(dot + 1)))
                .toList();

        assertThat(methods).singleElement().satisfies(FaultsTest::isRun);
        assertThat(AnnotationSupport.isAnnotated(type, Disabled.class)).isFalse();
        assertThat(type.getName()).as("a name that Maven's test plugins run").containsPattern("(Test|IT)(\\$|$)");
    }

    private static void isRun(Method method) {
        assertThat(AnnotationSupport.isAnnotated(method, Testable.class))
                .as("a test")
                .isTrue();
        assertThat(AnnotationSupport.isAnnotated(method, Disabled.class))
                .as("disabled")
                .isFalse();
    }
}
