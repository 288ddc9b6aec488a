package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with samples of RFC 3492, section 7.1, and of Python's codec, an independent implementation. */
class PunycodeTest {
    @ParameterizedTest
    @CsvSource({
        "ø, pda",
        "blåbærgrød, blbrgrd-fxak7p",
        "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "なぜみんな日本語を話してくれないのか, n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        // The adaptation of the bias stops exactly at its limit.
        "abåƛж, ab-zia24e94h",
        "ab\u0080, ab-ca",
        "\udbff\udfff, dn32g"
    })
    void is_what_others_write_and_read(String label, String code) {
        assertThat(Punycode.encode(label)).isEqualTo(code);
        assertThat(Punycode.decode(code)).isEqualTo(label);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            emptyValue = "",
            value = {
                "nothing, ''",
                "only ASCII, abc-",
                "a hyphen before nothing, -pda",
                "a character that is no digit, 8~a",
                "the end within a number, pd",
                "a digit that is not ASCII, blbrgrd-fxak٧p",
                "a character far beyond Unicode, 999999a",
                "a number beyond 31 bits, 99999999a",
                "a character beyond Unicode, en32g",
                "a number that wraps to a letter, zn4ny2232bmux7375s",
                "two halves of a character, 0c9b65f"
            })
    void is_not_read_from(String fault, String code) {
        assertThat(Punycode.decode(code)).as(fault).isNull();
    }

    /** A label of more is too long for a domain in any case. */
    @Test
    void is_read_up_to_256_characters() {
        var label = "a".repeat(252) + "ø";
        assertThat(Punycode.encode(label)).hasSize(256);
        assertThat(Punycode.decode(Punycode.encode(label))).isEqualTo(label);
        assertThat(Punycode.decode(Punycode.encode("a" + label))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zn4ny2232bmux7375s", "0c9b65f"})
    void of_another_domain_is_no_address(String code) {
        assertThat(EmailAddressParser.parse("a@xn--" + code + ".example")).isInstanceOf(EmailAddress.Invalid.class);
    }
}
