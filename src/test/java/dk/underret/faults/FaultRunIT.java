package dk.underret.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The fault run with a short list; {@code mvn -Pfaults verify} runs it with a long one. */
class FaultRunIT {
    private static final Path FOLDER = Path.of("target", "faults");

    @Test
    void loses_nobody_and_tells_nobody_twice_while_everything_fails() throws Exception {
        var plan = new FaultRun.Plan(2_000, 20_250_810, Duration.ofSeconds(2));
        var function = Path.of(System.getProperty("function.directory"));
        assertThat(FaultRun.run(plan, FOLDER, function, System.out))
                .as("every figure of %s/report.md is as expected", FOLDER)
                .isTrue();
    }
}
