package dk.underret.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests how a letter that ships with Underret is found. */
class ShippedLettersTest {
    private static final List<String> LANGUAGES = Language.tags();
    private static final String NAME = Incident.DEFAULT_LETTER;

    private final ShippedLetters letters = new ShippedLetters();

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void has_the_default_letter_in_every_language(String locale) throws Exception {
        var source = letters.newest(NAME, locale).orElseThrow();

        assertThat(source.frozen().name()).isEqualTo(NAME);
        assertThat(source.frozen().locale()).isEqualTo(locale);
        assertThat(source.version()).isEqualTo(LetterSource.SHIPPED);
        LetterTemplate.compile(source);
    }

    @ParameterizedTest
    @CsvSource({"nosuch,da", "breach-notice,xx", "breach-notice,../da", "../letters/breach-notice,da", "'',da"})
    void has_no_letter_of_another_name_or_language(String name, String locale) {
        assertThat(letters.newest(name, locale)).isEmpty();
    }

    @Test
    void lists_the_locales_of_a_letter_sorted() {
        assertThat(letters.locales(NAME))
                .containsExactlyElementsOf(LANGUAGES.stream().sorted().toList());
        assertThat(letters.locales("nosuch")).isEmpty();
    }

    @Test
    void returns_a_frozen_letter_only_if_its_text_is_the_same() {
        var source = letters.newest(NAME, "da").orElseThrow();
        var frozen = source.frozen();
        var changed = new FrozenLetter(frozen.name(), frozen.locale(), frozen.version(), "0".repeat(64));

        assertThat(letters.frozen(frozen)).isEqualTo(source);
        assertThatThrownBy(() -> letters.frozen(changed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("breach-notice/da");
    }
}
