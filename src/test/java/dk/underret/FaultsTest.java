package dk.underret;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every fault that has to be survived has a test by name in {@code faults.csv}. */
class FaultsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/faults.csv", numLinesToSkip = 1)
    void each_fault_names_a_test_that_is_there(String at, String fault, String test) throws ClassNotFoundException {
        var dot = test.lastIndexOf('.');
        var methods = Class.forName("dk.underret." + test.substring(0, dot)).getDeclaredMethods();

        assertThat(Arrays.stream(methods).map(Method::getName)).contains(test.substring(dot + 1));
    }
}
