package dk.underret.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What is fuzzed. */
enum FuzzTarget {
    LIST("recipient.RecipientListFuzzTest"),
    ADDRESS("recipient.EmailAddressFuzzTest"),
    FACTS("incident.FactsFuzzTest"),
    LETTER("letter.LetterFuzzTest"),
    KEY("lambda.ObjectKeyFuzzTest"),
    EVENT("lambda.SesEventFuzzTest");

    private final String test;

    FuzzTarget(String test) {
        this.test = "dk.underret." + test;
    }

    /** The class that has its one {@code @FuzzTest}. */
    String test() {
        return test;
    }

    /** Where the next run leaves its inputs, findings and output. */
    Path folder() {
        return Path.of("target", "fuzz", toString());
    }

    /** Where an input has to stand for every build to try it. */
    Path inputs() throws ClassNotFoundException {
        var method = Arrays.stream(Class.forName(test).getDeclaredMethods())
                .filter(each -> each.isAnnotationPresent(FuzzTest.class))
                .findFirst()
                .orElseThrow();
        return Path.of("src/test/resources", test.replace('.', '/') + "Inputs", method.getName());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
