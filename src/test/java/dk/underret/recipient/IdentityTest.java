package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final Identity PERSON = Identity.of(List.of("email", "name"), TestRules.KEY);

    private static String hash(String email, String name) {
        return PERSON.recipient(new Recipient(2, Map.of("email", email, "name", name)));
    }

    private static String hmac(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(TestRules.KEY);
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void is_the_hmac_of_address_and_name() throws Exception {
        assertThat(PERSON.columns()).containsExactly("email", "name");
        assertThat(hash("Anna@Ærø.dk", " Anna  Ærø ")).isEqualTo(hmac("anna@xn--r-3fa9c.dk\u001fanna ærø"));
    }

    @Test
    void adds_whom_the_letter_is_about() throws Exception {
        var identity = Identity.of(List.of("about", "name", "email"), TestRules.KEY);
        assertThat(identity.columns()).containsExactly("email", "name", "about");
        assertThat(identity.recipient(new Recipient(2, Map.of("email", "a@x.example", "name", "Anna", "about", "Ida"))))
                .isEqualTo(hmac("a@x.example\u001fanna\u001fida"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nej", "Nej", "no", "0", "ja", "Yes", "x"})
    void adds_nothing_where_the_list_only_says_yes_or_no(String about) throws Exception {
        var identity = Identity.of(List.of("email", "name", "about"), TestRules.KEY);
        assertThat(identity.recipient(new Recipient(2, Map.of("email", "a@x.example", "name", "Anna", "about", about))))
                .isEqualTo(hmac("a@x.example\u001fanna\u001f"));
    }

    @Test
    void is_the_recipient_id_alone_where_the_list_has_it() throws Exception {
        var identity = Identity.of(List.of("email", "name", "about", "recipient_id"), TestRules.KEY);
        assertThat(identity.columns()).containsExactly("recipient_id");
        assertThat(identity.recipient(new Recipient(2, Map.of("email", "a@x.example", "recipient_id", "A 17"))))
                .isEqualTo(hmac("a 17"));
    }

    @Test
    void is_the_same_however_a_name_is_typed() {
        assertThat(hash("a@x.example", "Åse  Weiß"))
                .isEqualTo(hash("A@X.example ", "A\u030aSE\u00a0WEISS"))
                .isNotEqualTo(hash("a@x.example", "Åse Vejs"));
        assertThat(hash("a@x.example", "ZOÉ AZ")).isEqualTo(hash("a@x.example", "zoé az"));
        assertThat(hash("a@x.example", "ZOE AZ")).isEqualTo(hash("a@x.example", "zoe az"));
        assertThat(hash("a@x.example", "ÅØ")).isEqualTo(hash("a@x.example", "åø"));
    }

    @Test
    void keeps_an_invalid_row_apart_from_every_person() throws Exception {
        assertThat(PERSON.invalid("v7", 12)).isEqualTo(hmac("row:v7\u001f12"));
        assertThat(PERSON.invalid("v7", 12)).isNotEqualTo(PERSON.invalid("v7", 13));
    }
}
