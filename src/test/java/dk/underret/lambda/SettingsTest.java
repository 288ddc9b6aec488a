package dk.underret.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("UPLOADS_BUCKET", "uploads");
        environment.put("WORK_BUCKET", "work");
        environment.put("EVIDENCE_BUCKET", "evidence");
        environment.put("INCIDENTS_TABLE", "incidents");
        environment.put("RUNS_TABLE", "runs");
        environment.put("SENDS_TABLE", "sends");
        environment.put("DISPATCH_QUEUE_URL", "http://127.0.0.1:1/queue/dispatch");
        environment.put("MAC_KEY_ID", "mac-key");
        environment.put("CONFIGURATION_SET", "underret");
        environment.put("SENDERS", "2");
        environment.put("STALE_AFTER_SECONDS", "900");
        environment.put("LANGUAGE", "da");
        environment.put("MAX_LIST_MEGABYTES", "2000");
        environment.put("MAX_LIST_ROWS", "20000000");
        environment.put("SENDER_ADDRESSES", "brev@skole.example, post@by.example");
        environment.put("FOUR_EYES", "true");
        return environment;
    }

    @Nested
    class Of_intake {
        @Test
        void are_read_from_the_environment() {
            assertThat(Settings.intake(environment()))
                    .isEqualTo(new Settings.Intake(
                            "uploads",
                            "work",
                            "evidence",
                            "incidents",
                            "runs",
                            "sends",
                            "http://127.0.0.1:1/queue/dispatch",
                            "mac-key",
                            Language.DANISH,
                            2000,
                            20_000_000,
                            List.of("brev@skole.example", "post@by.example"),
                            true));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPLOADS_BUCKET",
                    "WORK_BUCKET",
                    "EVIDENCE_BUCKET",
                    "INCIDENTS_TABLE",
                    "RUNS_TABLE",
                    "SENDS_TABLE",
                    "DISPATCH_QUEUE_URL",
                    "MAC_KEY_ID",
                    "LANGUAGE",
                    "MAX_LIST_MEGABYTES",
                    "MAX_LIST_ROWS",
                    "SENDER_ADDRESSES",
                    "FOUR_EYES"
                })
        void name_a_variable_that_is_missing(String name) {
            var environment = environment();
            environment.remove(name);

            assertThatThrownBy(() -> Settings.intake(environment))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("environment variable " + name + " is not set");
        }

        @Test
        void name_a_language_that_Underret_does_not_have() {
            var environment = environment();
            environment.put("LANGUAGE", "xx");

            assertThatThrownBy(() -> Settings.intake(environment))
                    .hasMessage("environment variable LANGUAGE must be " + String.join(" or ", Language.tags()));
        }

        @ParameterizedTest
        @CsvSource({
            "MAX_LIST_MEGABYTES, 0, a whole number of at least 1",
            "MAX_LIST_MEGABYTES, two, a whole number of at least 1",
            "MAX_LIST_ROWS, 1e6, a whole number of at least 1",
            "FOUR_EYES, yes, true or false"
        })
        void name_a_variable_of_another_form(String name, String value, String words) {
            var environment = environment();
            environment.put(name, value);

            assertThatThrownBy(() -> Settings.intake(environment))
                    .hasMessage("environment variable " + name + " must be " + words);
        }
    }

    @Nested
    class Of_dispatch {
        @Test
        void are_read_from_the_environment() {
            assertThat(Settings.dispatch(environment()))
                    .isEqualTo(new Settings.Dispatch(
                            "uploads",
                            "work",
                            "incidents",
                            "runs",
                            "sends",
                            "http://127.0.0.1:1/queue/dispatch",
                            "underret",
                            2,
                            900));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPLOADS_BUCKET",
                    "WORK_BUCKET",
                    "INCIDENTS_TABLE",
                    "RUNS_TABLE",
                    "SENDS_TABLE",
                    "DISPATCH_QUEUE_URL",
                    "CONFIGURATION_SET",
                    "SENDERS",
                    "STALE_AFTER_SECONDS"
                })
        void name_a_variable_that_is_missing(String name) {
            var environment = environment();
            environment.remove(name);

            assertThatThrownBy(() -> Settings.dispatch(environment))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("environment variable " + name + " is not set");
        }
    }

    @Nested
    class Of_feedback {
        @Test
        void are_read_from_the_environment() {
            assertThat(Settings.feedback(environment())).isEqualTo(new Settings.Feedback("incidents", "sends"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"INCIDENTS_TABLE", "SENDS_TABLE"})
        void name_a_variable_that_is_missing(String name) {
            var environment = environment();
            environment.remove(name);

            assertThatThrownBy(() -> Settings.feedback(environment))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("environment variable " + name + " is not set");
        }
    }

    @Nested
    class Of_the_sweep {
        @Test
        void are_read_from_the_environment() {
            assertThat(Settings.sweep(environment()))
                    .isEqualTo(new Settings.Sweep(
                            "work", "incidents", "runs", "sends", "http://127.0.0.1:1/queue/dispatch", 900));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "WORK_BUCKET",
                    "INCIDENTS_TABLE",
                    "RUNS_TABLE",
                    "SENDS_TABLE",
                    "DISPATCH_QUEUE_URL",
                    "STALE_AFTER_SECONDS"
                })
        void name_a_variable_that_is_missing(String name) {
            var environment = environment();
            environment.remove(name);

            assertThatThrownBy(() -> Settings.sweep(environment))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("environment variable " + name + " is not set");
        }
    }
}
