package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import java.util.List;
import java.util.Locale;

/** What holds of every finding: it can be told, in both languages, with nothing left to fill in. */
public final class FindingMessages {
    private FindingMessages() {}

    /** Checks that there are findings, and each of them. */
    public static void areWhole(List<Finding> findings) {
        assertThat(findings).isNotEmpty().allSatisfy(FindingMessages::isWhole);
    }

    /** Checks a finding. */
    public static void isWhole(Finding finding) {
        assertThat(finding.row()).isNotNegative();
        for (var language : List.of("da", "en")) {
            var sentence = finding.message(Locale.forLanguageTag(language));
            assertThat(sentence).isNotBlank();
            if (finding.arguments().stream().noneMatch(argument -> argument.contains("{")))
                assertThat(sentence).doesNotContainPattern("\\{\\d");
        }
    }
}
