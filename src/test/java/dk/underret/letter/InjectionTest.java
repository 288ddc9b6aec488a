package dk.underret.letter;

import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class InjectionTest {
    private static final String SOURCE = """
            Subject: Til {{recipient.name}}

            {{recipient.name}}

            - {{incident.title}}

            # {{recipient.name}}

            Kære *{{recipient.name}}*, se `{{recipient.name}}`
            """;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/letters/injection.csv", delimiter = '\t', quoteCharacter = '\0')
    void comes_out_as_it_was_typed(String typed) {
        var value = typed.replace("\\n", "\n").replace("\\t", "\t").replace("\\u202e", "\u202e");
        var shown = value.replaceAll("\\s+", " ").strip();
        var template = da(SOURCE);
        var letter = template.prepare(Map.of("title", value)).render(row("name", value.replace('\n', ' ')));
        assertThat(letter.subject()).isEqualTo("Til " + value.replace('\n', ' '));
        assertThat(letter.text())
                .isEqualTo(shown + "\n\n- " + shown + "\n\n" + shown + "\n\nKære " + shown + ", se " + shown + "\n");
        var body = letter.html()
                .substring(letter.html().indexOf("<main"), letter.html().indexOf("</main>"));
        assertThat(body.replaceAll("<(/?)(p|main|ul|li|h1|em|code)( style=\"[^\"]*\")?>", ""))
                .as("nothing but the letter's own elements")
                .doesNotContain("<", ">");
        assertThat(words(body)).isEqualTo(shown + " " + shown + " " + shown + " Kære " + shown + ", se " + shown);
    }

    /** What a person reads in this HTML. */
    private static String words(String html) {
        return html.replaceAll("<(em|/em|code|/code)[^>]*>", "")
                .replaceAll("<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
