package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingMessagesTest {
    @Test
    void has_the_same_messages_in_both_languages() throws IOException {
        assertThat(messages("da").keySet()).isEqualTo(messages("en").keySet());
    }

    @ParameterizedTest
    @MethodSource("codesOfFactsAndLetters")
    void has_a_message_for_each_code(FindingCode code) throws IOException {
        assertThat(messages("da")).containsKey(code.name());
    }

    @Test
    void fills_every_message() throws IOException {
        for (var language : Language.tags()) {
            for (var message : messages(language).entrySet()) {
                var text = new MessageFormat((String) message.getValue(), Locale.ROOT)
                        .format(new Object[] {"Zero", "One", "Two", "Three"});
                assertThat(text)
                        .as("%s in %s", message.getKey(), language)
                        .doesNotContainPattern("\\{\\d}")
                        .matches("(?s)\\p{Lu}.*[.]")
                        .doesNotContain("''");
            }
        }
    }

    @Test
    void chooses_the_message_of_the_kind() {
        var finding = Finding.at(FindingCode.INCOMPLETE, "incident.json", 0, "summary", "summary");

        assertThat(finding.message(Language.DANISH))
                .isEqualTo("Der står ikke, hvad der er sket. Beskriv det i få og enkle sætninger (art. 34, stk. 2).");
        assertThat(finding.message(Language.orEnglish("fr")))
                .isEqualTo("The facts do not say what happened. Describe it in a few plain sentences (Art. 34(2)).");
    }

    @Test
    void shows_a_template_path_as_the_author_must_type_it() {
        assertThat(Finding.of(FindingCode.NOT_IN_LETTER, "da.hbs", "nature").message(Language.ENGLISH))
                .startsWith("The letter does not tell everybody what happened. Add {{incident.summary}}, or");
    }

    @Test
    void says_the_status_of_a_letter_in_the_readers_words() {
        var finding = Finding.at(FindingCode.NOT_ENDED, "list.csv", 2, "", "UNKNOWN");

        assertThat(finding.message(Language.DANISH))
                .isEqualTo(
                        "Brevet har status \"uafklaret\" og kan hverken lukkes eller registreres som sendt med posten."
                                + " Intet er ændret.");
        assertThat(Finding.at(FindingCode.NOT_RESENT, "list.csv", 2, "", "DELIVERED")
                        .message(Language.ENGLISH))
                .isEqualTo(
                        "The letter has the status \"delivered\". Only letters that await your decision, whose recipient Amazon"
                                + " refused or that bounced can be sent again. This row was not sent.");
        assertThat(finding.arguments()).containsExactly("UNKNOWN");
    }

    static Stream<FindingCode> codesOfFactsAndLetters() {
        return EnumSet.range(FindingCode.BAD_FACTS, FindingCode.NOT_IN_LETTER).stream();
    }

    private static Properties messages(String language) throws IOException {
        var properties = new Properties();
        var name = "/dk/underret/incident/findings_" + language + ".properties";
        try (var in = FindingMessagesTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
