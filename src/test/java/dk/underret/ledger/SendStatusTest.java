package dk.underret.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendStatusTest {
    @ParameterizedTest
    @EnumSource
    void has_a_word_of_its_own_in_each_language(Language language) {
        var words = language.bundle("dk.underret.incident.statuses");

        assertThat(words.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SendStatus.values()).map(Enum::name).toList());
        assertThat(Arrays.stream(SendStatus.values()).map(status -> language.status(status.name())))
                .allSatisfy(word -> assertThat(word).isNotBlank())
                .doesNotHaveDuplicates();
    }

    @Test
    void is_never_said_to_be_read_or_to_have_failed_where_nobody_knows() {
        for (var status : SendStatus.values())
            assertThat(Language.DANISH.status(status.name())).doesNotContain("læst", "fejlet");
    }

    @ParameterizedTest
    @EnumSource
    void has_the_danish_word_of_the_page_of_words(SendStatus status) throws IOException {
        assertThat(Files.readString(Path.of("src/site/markdown/words.md")))
                .contains(
                        "| " + status.name().toLowerCase(Locale.ROOT) + " | " + Language.DANISH.status(status.name()));
    }
}
