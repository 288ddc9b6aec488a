package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.Language;
import java.util.List;

/** Checks that a finding has a message in every language, with no argument left open. */
public final class FindingMessages {
    private FindingMessages() {}

    /** Checks that there are findings, and each of them. */
    public static void areWhole(List<Finding> findings) {
        assertThat(findings).isNotEmpty().allSatisfy(FindingMessages::isWhole);
    }

    /** Checks a finding. */
    public static void isWhole(Finding finding) {
        assertThat(finding.row()).isNotNegative();
        for (var language : Language.values()) {
            var sentence = finding.message(language);
            assertThat(sentence).isNotBlank();
            if (finding.arguments().stream().noneMatch(argument -> argument.contains("{")))
                assertThat(sentence).doesNotContainPattern("\\{\\d");
        }
    }
}
