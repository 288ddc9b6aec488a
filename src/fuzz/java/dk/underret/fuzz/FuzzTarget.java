package dk.underret.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** A fuzz test, by the name of its input. */
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

    /** Returns the name of the class with the {@code @FuzzTest}. */
    String test() {
        return test;
    }

    /** Returns the folder for the inputs, findings and output of a run. */
    Path folder() {
        return Path.of("target", "fuzz", toString());
    }

    /** Returns the folder of the inputs that every build runs. */
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
