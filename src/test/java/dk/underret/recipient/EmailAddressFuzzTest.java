package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.testing.FindingMessages;
import dk.underret.testing.ReadingCosts;
import dk.underret.testing.Seeds;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Parses any text as an address field. */
class EmailAddressFuzzTest {
    /** The codes that {@link EmailAddress.Invalid} documents. */
    private static final Set<FindingCode> WHY = Set.of(
            FindingCode.NO_ADDRESS,
            FindingCode.BAD_ADDRESS,
            FindingCode.SEVERAL_ADDRESSES,
            FindingCode.LOCAL_NOT_ASCII,
            FindingCode.LOOKALIKE_DOMAIN,
            FindingCode.INVISIBLE_CHARACTER,
            FindingCode.CONTROL_CHARACTER);

    static Stream<byte[]> addresses() {
        return Stream.concat(
                Seeds.fields(0, "|", "src/test/resources/addresses/good.txt"),
                Seeds.fields(1, "|", "src/test/resources/addresses/bad.txt"));
    }

    /** Removes leading white space, including the no-break spaces that {@code String.strip} keeps. */
    private static String stripped(String text) {
        return text.replaceFirst("^[\\s\\p{Z}\\x1c-\\x1f]+", "");
    }

    @MethodSource("addresses")
    @FuzzTest
    void is_one_address_that_ses_takes_or_has_a_finding(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        switch (ReadingCosts.within(() -> EmailAddressParser.parse(text))) {
            case EmailAddress.Valid good -> {
                var at = good.address().indexOf('@');
                var domain = good.address().substring(at + 1);
                assertThat(good.address()).hasSizeLessThan(255).matches("[!-~]{1,64}@[a-z0-9.-]+");
                assertThat(domain).hasSizeLessThan(254).matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.(?!$)|$)){2,}");
                assertThat(stripped(text)).startsWith(good.address().substring(0, at + 1));
                if (text.chars().allMatch(c -> c > ' ' && c < 0x7f))
                    assertThat(domain).isEqualTo(text.substring(at + 1).toLowerCase(Locale.ROOT));
                assertThat(EmailAddressParser.parse(good.address()))
                        .as("its own reading")
                        .isEqualTo(good);
            }
            case EmailAddress.Invalid bad -> {
                assertThat(WHY).contains(bad.code());
                FindingMessages.isComplete(Finding.at(bad.code(), "list.csv", 2, "email", "email"));
            }
        }
    }
}
