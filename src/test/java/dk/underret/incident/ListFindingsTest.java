package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the messages of findings about lists and rows. */
class ListFindingsTest {
    static Set<FindingCode> codes() {
        return EnumSet.range(FindingCode.EMPTY_LIST, FindingCode.CPR_SHAPED);
    }

    static Stream<Language> languages() {
        return Stream.of(Language.DANISH, Language.ENGLISH);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void have_complete_messages(FindingCode code) {
        languages().forEach(language -> {
            var message = Finding.of(code, "list.csv", "FIRST", "SECOND").message(language);
            assertThat(message).matches("(?s)\\p{Lu}.*\\.").doesNotContain("{", "}", "''");
            assertThat(message).hasSizeBetween(50, 420);
        });
    }

    @Test
    void are_in_danish_for_danish_and_in_english_for_other_locales() {
        var finding = Finding.of(FindingCode.EMPTY_LIST, "list.csv");
        assertThat(finding.message(Language.orEnglish("da-DK")))
                .isEqualTo("Filen er tom. Kontrollér, at listen blev gemt, før den blev uploadet.");
        assertThat(finding.message(Language.orEnglish("fr")))
                .isEqualTo("The file is empty. Check that the list was saved before it was uploaded.");
    }

    @Test
    void name_columns_and_rows() {
        assertThat(Finding.of(FindingCode.DIFFERENT_ROWS, "list.csv", 2, 4_711).message(Language.ENGLISH))
                .startsWith("Rows 2 and 4711 are about the same person");
        assertThat(Finding.of(FindingCode.WIDTH, "list.csv", 3, 4).message(Language.DANISH))
                .startsWith("Rækken har 4 felter, men listen har 3 kolonner.");
    }
}
