package dk.underret.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests that an upload in a log or an exception's message does not name a person. */
class UploadTest {
    @Test
    void names_its_run_and_not_its_key() {
        var upload = new Upload(
                "uploads",
                "incidents/brud/Anna And.csv",
                "v1",
                "01",
                "AIDAEXAMPLE",
                Instant.parse("2026-03-01T08:00:00Z"));
        assertThat(upload).hasToString("upload of run " + upload.run());
    }
}
