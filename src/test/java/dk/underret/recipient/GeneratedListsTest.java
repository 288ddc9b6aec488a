package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads lists with random quoting, separators and line ends, and compares with Commons CSV, an independent reader. */
class GeneratedListsTest {
    private static final String[] PIECES = {
        "a", "Ø", "æå", "𝒳", " ", ",", ";", "\t", "\"\"", "\n", "\r\n", "\r", "'", "x y", "漢", "0", "|", "=", "<b>",
        "{{x}}"
    };

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void are_read_like_an_independent_reader_does(char separator) throws IOException {
        for (var seed = 0; seed < 200; seed++) {
            var text = list(new Random(seed), separator);
            assertThat(ours(text)).as("seed %d", seed).isEqualTo(theirs(text, separator));
        }
    }

    private static String list(Random random, char separator) {
        var text = new StringBuilder("email")
                .append(separator)
                .append("navn")
                .append(separator)
                .append("note");
        var lineEnds = new String[] {"\n", "\r\n", "\r"};
        for (var row = 0; row < 40; row++) {
            text.append(lineEnds[random.nextInt(3)]);
            text.append("p").append(row).append("@x.example").append(separator);
            text.append(field(random, separator)).append(separator).append(field(random, separator));
        }
        return text.append(random.nextBoolean() ? "\n" : "").toString();
    }

    private static String field(Random random, char separator) {
        var value = new StringBuilder();
        for (var i = random.nextInt(6); i > 0; i--) value.append(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextInt(50) == 0) value.append("long ".repeat(random.nextInt(800)));
        var quoted = value.chars().anyMatch(c -> c == separator || "\"\r\n".indexOf(c) >= 0) || random.nextInt(4) == 0;
        return quoted ? "\"" + value + "\"" : value.toString();
    }

    private static List<List<String>> ours(String text) throws IOException {
        var list = RecipientList.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "list.csv", TestRules.rules());
        var rows = new ArrayList<List<String>>();
        for (var row = list.next(); row.isPresent(); row = list.next())
            rows.add(List.copyOf(((Row.Valid) row.get()).person().values().values()));
        assertThat(list.findings().listed()).isEmpty();
        return rows;
    }

    private static List<List<String>> theirs(String text, char separator) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .get();
        try (var records = format.parse(new StringReader(text))) {
            return records.stream()
                    .skip(1)
                    .map(record -> record.stream().map(FieldText::clean).toList())
                    .toList();
        }
    }
}
