package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cleans what spreadsheets and web pages leave in a field. */
class FieldTextTest {
    @ParameterizedTest
    @ValueSource(chars = {'\t', '\n', '\u000b', '\f', '\r', ' ', '\u00a0', '\u1680', '\u2003', '\u202f', '\u3000'})
    void trims_every_kind_of_white_space(char space) {
        assertThat(FieldText.clean(space + "Anna" + space + "B" + space)).isEqualTo("Anna" + space + "B");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\b', '\u000e', '!', '\u0080', '\u009f', '\u00a1', '\u200b'})
    void keeps_everything_else(char other) {
        assertThat(FieldText.clean(other + "Anna" + other)).isEqualTo(other + "Anna" + other);
    }

    @ParameterizedTest
    @CsvSource({"e\u0300, è", "a\u030a, å", "\u1100\u1161, 가", "Anna, Anna", "ø, ø"})
    void joins_a_letter_and_its_accent(String typed, String clean) {
        assertThat(FieldText.clean(typed)).isEqualTo(clean);
    }

    @Test
    void finds_the_second_set_of_controls_and_nothing_beside_it() {
        assertThat(FieldText.hasC1Control("An\u0080na")).isTrue();
        assertThat(FieldText.hasC1Control("An\u009fna")).isTrue();
        assertThat(FieldText.hasC1Control("An\u007f\u00a0na")).isFalse();
    }
}
