package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requirements for a list that no letter is made from. */
class LetterNeedsTest {
    @Test
    void nothing_accepts_every_row_with_one_locale() throws IOException {
        var rules = new ListRules("v1", TestRules.KEY, 1_000, 10, Set.of(), LetterNeeds.nothing("da"));
        var text = "email,locale,name\na@x.example,xx,\"Anna\nHansen\"\n";
        var list = RecipientList.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "list.csv", rules);
        assertThat(list.next())
                .get()
                .isInstanceOfSatisfying(
                        Row.Valid.class, row -> assertThat(row.locale()).isEqualTo("da"));
        assertThat(list.findings().listed()).isEmpty();
    }
}
