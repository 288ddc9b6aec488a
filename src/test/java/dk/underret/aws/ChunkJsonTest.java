package dk.underret.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkJsonTest {
    @Test
    void contains_the_address_and_the_locale_chosen_by_intake_and_the_rows_values() {
        var row = new ChunkRow.Send(
                "0a",
                new Recipient(2, Map.of("email", "Anna@Ærø.example")),
                new EmailAddress.Valid("Anna@xn--r-0fa4c.example"),
                "en-GB");
        var json = ChunkJson.write(new Chunk("run1", 3, List.of(row)));

        assertThat(new String(json, UTF_8))
                .isEqualTo("{\"run\":\"run1\",\"chunk\":3,\"rows\":[{\"row\":2,\"recipient\":\"0a\","
                        + "\"to\":\"Anna@xn--r-0fa4c.example\",\"locale\":\"en-GB\","
                        + "\"values\":{\"email\":\"Anna@Ærø.example\"}}]}");
        assertThat(ChunkJson.read("run1", 3, json)).isEqualTo(new Chunk("run1", 3, List.of(row)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"row\":2,\"recipient\":\"0a\",\"values\":{\"email\":\"anna@x.example\"}}",
                "{\"row\":2,\"recipient\":\"0a\",\"to\":\"anna@x.example\",\"values\":{\"email\":\"anna@x.example\"}}",
                "{\"row\":2,\"recipient\":\"0a\",\"locale\":\"da\",\"resend\":\"t\",\"decision\":{\"run\":\"r\"},"
                        + "\"values\":{\"email\":\"anna@x.example\"}}",
            })
    void with_a_letter_row_that_lacks_its_address_or_locale_is_refused_without_quoting_it(String row) {
        var json = "{\"run\":\"run1\",\"chunk\":3,\"rows\":[" + row + "]}";

        assertThatThrownBy(() -> ChunkJson.read("run1", 3, json.getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("chunk 3 of run run1 is not a chunk (IOException)")
                .hasNoCause();
    }
}
