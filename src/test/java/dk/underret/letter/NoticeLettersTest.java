package dk.underret.letter;

import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeId;
import dk.underret.testing.FakeLetters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests what a notice's letters, one for each locale, ask of its list. */
class NoticeLettersTest {
    private final FakeLetters letters = new FakeLetters()
            .with("brev", "en", "Subject: Letter\nCovers: nature\n\n{{#if recipient.x}}{{recipient.no}}{{/if}}\n")
            .with("brev", "da", "Subject: Brev\n\nKære {{recipient.name}}\n");

    private LetterSet set() {
        Map<String, Object> facts = Map.of("letter", "brev", "language", "da");
        return LetterSet.newest(new Incident(new NoticeId("brud", "main"), facts, Set.of()), letters, Instant.EPOCH);
    }

    @Test
    void are_frozen_with_those_that_have_a_fault() {
        letters.with("brev", "sv", "Subject: Brev\n\n{{nosuch 1}}\n");

        assertThat(set().sources()).extracting(FrozenLetter::locale).containsExactly("da", "en", "sv");
        assertThat(set().findings()).extracting(Finding::column).isNotEmpty();
    }

    @Test
    void are_each_checked_against_the_lists_columns() {
        assertThat(set().check(List.of("name", "x")).stream()
                        .filter(finding -> finding.code() == FindingCode.MISSING_COLUMN)
                        .toList())
                .containsExactly(Finding.at(FindingCode.MISSING_COLUMN, "en.hbs", 4, "recipient.no", "no", "name, x"));
        assertThat(set().check(List.of("name", "x", "no")))
                .extracting(Finding::code)
                .containsOnly(FindingCode.NOT_IN_LETTER)
                .hasSize(11);
    }

    @Test
    void each_require_their_own_columns() {
        var requirements = set().requirements();

        assertThat(requirements).containsOnlyKeys("da", "en");
        assertThat(requirements.get("da").columns()).containsExactly("name");
        assertThat(requirements.get("en").columns()).containsExactly("no", "x");
    }

    @Test
    void each_have_samples_of_their_own_branches_anew_for_each_caller() {
        var set = set();

        for (int i = 0; i < 2; i++) {
            var branches = set.branches();
            assertThat(branches).containsOnlyKeys("da", "en");
            assertThat(branches.get("da").isNew(row("name", "Bo"))).isFalse();
            assertThat(branches.get("en").isNew(row("x", ""))).isTrue();
            assertThat(branches.get("en").isNew(row("x", "ja", "no", "7"))).isTrue();
        }
    }
}
