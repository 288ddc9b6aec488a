package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import dk.underret.testing.ReadingCosts;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "/addresses/good.txt",
            delimiterString = " | ",
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false)
    void takes_an_address(String field, String address) {
        assertThat(EmailAddressParser.parse(field)).isEqualTo(new EmailAddress.Valid(address));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/addresses/bad.txt", delimiter = '|', quoteCharacter = '\0', emptyValue = "")
    void refuses_what_is_none(String fault, String field, FindingCode code) {
        var text = field == null ? "" : unescaped(field);
        assertThat(EmailAddressParser.parse(text)).as(fault).isEqualTo(new EmailAddress.Invalid(code));
    }

    /** Translates escapes, including {@code \\u}, which {@code String.translateEscapes} doesn't. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"))
                .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
    }

    @Test
    void does_not_show_an_address() {
        assertThat(new EmailAddress.Valid("anna@skole.example")).hasToString("an address");
    }

    @Test
    void encodes_labels_so_that_they_decode_to_themselves() {
        var random = new Random(42);
        for (var i = 0; i < 2_000; i++) {
            var label = random.ints(1 + random.nextInt(20), 'a', 0x2fff)
                    .filter(Character::isLetter)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .append('ø')
                    .toString();
            assertThat(Punycode.decode(Punycode.encode(label))).isEqualTo(label);
        }
    }

    @Test
    void accepts_garbage_in_punycode_only_where_it_is_a_label() throws Exception {
        var random = new Random(43);
        var accepted = 0;
        for (var i = 0; i < 4_000; i++) {
            var code = random.ints(random.nextInt(i % 2 == 0 ? 8 : 300), i % 2 == 0 ? 'a' : '-', '{')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var address = ReadingCosts.within(() -> EmailAddressParser.parse("a@xn--" + code + ".example"));
            if (!(address instanceof EmailAddress.Valid valid)) continue;
            accepted++;
            var label = valid.address().replaceFirst("^a@xn--(.*)\\.example$", "$1");
            assertThat(label).isEqualToIgnoringCase(code).hasSizeLessThanOrEqualTo(59);
            assertThat(Punycode.encode(Punycode.decode(label))).isEqualTo(label);
        }
        assertThat(accepted).isPositive();
    }
}
