package dk.underret.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LixTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                    | 0
            '  - !'                                               | 0
            Vi er her.                                            | 3
            Vi er her. Vi er der!                                 | 3
            'Hvad er der sket?\nVi ved det ikke'                  | 4
            Personoplysninger er stjålet.                         | 70
            Kl. 12 ringer vi                                      | 2
            """)
    void is_the_words_per_sentence_plus_the_percentage_of_long_words(String text, int lix) {
        assertThat(Lix.of(text.replace("\\n", "\n"))).isEqualTo(lix);
    }
}
