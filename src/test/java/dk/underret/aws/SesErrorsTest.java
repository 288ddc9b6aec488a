package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.dispatch.Outcome;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Unknown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SesErrorsTest {
    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvFileSource(resources = "/ses/errors.csv", numLinesToSkip = 1)
    void an_error_answer_has_one_meaning(int status, String code, String message, String meaning) {
        assertThat(meaning(SesErrors.outcome(status, text(code), text(message))))
                .isEqualTo(meaning);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String meaning(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> "ACCEPTED";
            case Refused refused -> refused.scope() + " " + refused.code();
            case Deferred deferred -> deferred.reason() + " " + deferred.code();
            case Unknown unknown -> "UNKNOWN " + unknown.code();
        };
    }
}
