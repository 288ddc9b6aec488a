package dk.underret.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.recipient.Recipient;
import dk.underret.testing.FakeLetters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LetterSetTest {
    private static final NoticeId NOTICE = new NoticeId("brud", "main");
    /** Already the next day in Denmark. */
    private static final Instant AT = Instant.parse("2026-03-02T23:30:00Z");

    private static final Recipient ANNA = new Recipient(2, Map.of("name", "Anna"));

    private final FakeLetters letters = new FakeLetters()
            .with("brev", "da", "Subject: Brev\n\nKære {{recipient.name}}\n")
            .with("brev", "en-GB", "Subject: Letter\n\nDear {{recipient.name}}\n");

    private static Incident incident(boolean fallback) {
        Map<String, Object> facts = Map.of("letter", "brev", "language", "da", "locale_fallback", fallback);
        return new Incident(NOTICE, facts, Set.of());
    }

    private static FrozenNotice frozen(FrozenLetter... letters) {
        return new FrozenNotice(
                NOTICE, Map.of("language", "da"), "hash", List.of(letters), List.of("email"), 1, Instant.EPOCH, "run");
    }

    private FrozenLetter newest(String locale) {
        return letters.newest("brev", locale).orElseThrow().frozen();
    }

    @ParameterizedTest
    @CsvSource({
        "'',     false, da",
        "'  ',   false, da",
        "da,     false, da",
        "DA,     false, da",
        "en-GB,  false, en-GB",
        "en-gb,  false, en-GB",
        "EN-GB,  true,  en-GB",
        "' en-GB ', false, en-GB",
        "en,     false, ",
        "en,     true,  da",
        "en_GB,  false, en-GB",
        "en_gb,  false, en-GB",
        "da-DK,  false, da",
        "DA_dk,  false, da",
        "da-Latn-DK, false, da",
        "fr,     true,  da",
    })
    void gives_a_row_the_letter_of_its_locale_or_of_the_notices_language(String row, boolean fallback, String letter) {
        assertThat(LetterSet.newest(incident(fallback), letters, AT).localeFor(row))
                .isEqualTo(Optional.ofNullable(letter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "en-gb", "EN-GB"})
    void renders_the_letter_of_a_locale_in_any_case(String locale) {
        var set = LetterSet.newest(incident(false), letters, AT);

        assertThat(set.render(locale, ANNA)).get().extracting(Letter::locale).isEqualTo("en-GB");
        assertThat(set.source(locale)).contains(newest("en-GB"));
        assertThat(set.findings()).isEmpty();
    }

    @Test
    void renders_nothing_in_a_locale_without_a_letter_and_nothing_for_a_row_without_a_printed_value() {
        var set = LetterSet.newest(incident(true), letters, AT);

        assertThat(set.render("en", ANNA)).isEmpty();
        assertThat(set.source("en")).isEmpty();
        assertThat(set.render("da", new Recipient(2, Map.of("name", "")))).isEmpty();
    }

    @Test
    void dates_a_letter_with_the_day_in_denmark() throws FindingsException {
        letters.with("brev", "da", "Subject: Brev\n\n{{date incident.letter_date}}\n");
        var frozen = new FrozenNotice(
                NOTICE, Map.of(), "hash", List.of(newest("da")), List.of("email"), 1, AT.plusSeconds(3600 * 24), "run");

        assertThat(LetterSet.newest(incident(false), letters, AT).render("da", ANNA))
                .get()
                .extracting(Letter::text)
                .isEqualTo("3. marts 2026\n");
        assertThat(LetterSet.frozen(frozen, letters).render("da", ANNA))
                .get()
                .extracting(Letter::text)
                .isEqualTo("4. marts 2026\n");
    }

    @Test
    void dates_a_letter_as_the_facts_say() {
        letters.with("brev", "da", "Subject: Brev\n\n{{date incident.letter_date}}\n");
        var incident = new Incident(NOTICE, Map.of("letter", "brev", "letter_date", "2026-03-09"), Set.of());

        assertThat(LetterSet.newest(incident, letters, AT).render("da", ANNA))
                .get()
                .extracting(Letter::text)
                .isEqualTo("9. marts 2026\n");
    }

    @Test
    void knows_whether_everybody_gets_the_same_subject() {
        letters.with("brev", "da", "Subject: Til {{recipient.name}}\n\nHej\n");
        var set = LetterSet.newest(incident(false), letters, AT);

        assertThat(set.hasSharedSubject("en-gb")).isTrue();
        assertThat(set.hasSharedSubject("da")).isFalse();
        assertThat(set.hasSharedSubject("sv")).isFalse();
    }

    @Test
    void of_a_frozen_notice_has_only_the_frozen_versions() throws FindingsException {
        var frozen = frozen(newest("en-GB"));
        letters.with("brev", "en-GB", "Subject: Changed\n\nDear {{recipient.name}}\n");
        var set = LetterSet.frozen(frozen, letters);

        assertThat(set.render("en-gb", ANNA)).get().extracting(Letter::subject).isEqualTo("Letter");
        assertThat(set.render("da", ANNA)).isEmpty();
    }

    @Test
    void of_a_frozen_notice_fails_when_a_version_does_not_exist() {
        assertThatThrownBy(() -> LetterSet.frozen(frozen(new FrozenLetter("brev", "da", "v9", "hash")), letters))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reports_a_notices_language_without_a_letter() {
        assertThat(LetterSet.newest(incident(false), new FakeLetters(), AT).findings())
                .containsExactly(Finding.of(FindingCode.NO_LETTER, "da.hbs", "brev", "da"));
    }

    @Test
    void refuses_two_letters_whose_locales_differ_only_in_case() {
        letters.with("brev", "en-gb", "Subject: Other letter\n\nDear {{recipient.name}}\n");

        var findings = LetterSet.newest(incident(false), letters, AT).findings();

        assertThat(findings)
                .containsExactly(Finding.at(
                        FindingCode.BAD_LETTER, "en-gb.hbs", 0, "en-GB.hbs", "en-GB.hbs", "BAD_LETTER.same_locale"));
        assertThat(findings.getFirst().message(Language.ENGLISH))
                .isEqualTo("There are two letters in the same language: this one and en-GB.hbs."
                        + " Upper and lower case make no difference. Delete one of the two files.");
    }
}
