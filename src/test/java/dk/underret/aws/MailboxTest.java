package dk.underret.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encodes senders' names of any script as RFC 2047 requires. */
class MailboxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ærø Skole",
                "Skolen 😀 👨‍👩‍👧‍👦",
                "מדרשה",
                "مدرسة العلوم",
                "A\u030are Skole",
                "Den selvejende institution Østerbro Børnehave, Skovbørnehave og Fritidshjem ved Åen i Ærøskøbing",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"
            })
    void a_name_that_is_not_ascii_is_encoded_and_decodes_to_itself(String name) {
        var mailbox = Mailbox.encoded(name + " <post@skole.example>");
        assertThat(mailbox).endsWith(" <post@skole.example>").isASCII();
        var words = mailbox.substring(0, mailbox.lastIndexOf(" <")).split(" ");
        assertThat(words)
                .allMatch(word -> word.length() <= 75)
                .allMatch(word -> !read(word).contains("\ufffd"), "holds whole characters");
        assertThat(Arrays.stream(words).map(MailboxTest::read).collect(Collectors.joining()))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"post@skole.example", "Skolen <post@skole.example>", "\"Skolen, afd. Nord\" <post@skole.example>"
            })
    void an_ascii_name_is_unchanged(String mailbox) {
        assertThat(Mailbox.encoded(mailbox)).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Skolen, afd. Nord <post@skole.example>  | "Skolen, afd. Nord" <post@skole.example>
            Skolen (Nord) <post@skole.example>      | "Skolen (Nord)" <post@skole.example>
            Skolen "Nord" A/S <post@skole.example>  | "Skolen \\"Nord\\" A/S" <post@skole.example>
            """)
    void a_name_that_could_be_parsed_as_several_addresses_is_quoted(String mailbox, String quoted) {
        assertThat(Mailbox.encoded(mailbox)).isEqualTo(quoted);
    }

    private static String read(String word) {
        assertThat(word).matches("=\\?UTF-8\\?B\\?[A-Za-z0-9+/=]+\\?=");
        return new String(Base64.getDecoder().decode(word.substring(10, word.length() - 2)), UTF_8);
    }
}
