package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.Language;
import java.util.List;

/** Asserts that findings have messages in every language, with all placeholders filled. */
public final class FindingMessages {
    private FindingMessages() {}

    /** Asserts that there are findings, and that their messages are complete. */
    public static void areComplete(List<Finding> findings) {
        assertThat(findings).isNotEmpty().allSatisfy(FindingMessages::isComplete);
    }

    /** Asserts that a finding's messages are complete. */
    public static void isComplete(Finding finding) {
        assertThat(finding.row()).isNotNegative();
        for (var language : Language.values()) {
            var message = finding.message(language);
            assertThat(message).isNotBlank();
            if (finding.arguments().stream().noneMatch(argument -> argument.contains("{")))
                assertThat(message).doesNotContainPattern("\\{\\d");
        }
    }
}
