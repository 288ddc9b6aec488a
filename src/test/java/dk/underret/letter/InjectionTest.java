package dk.underret.letter;

import static dk.underret.letter.LetterFixture.da;
import static dk.underret.letter.LetterFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests names, addresses and facts that look like markup, similar to OWASP's lists of injection strings. */
class InjectionTest {
    private static final String SOURCE = """
            Subject: Til {{recipient.name}}

            {{recipient.name}}

            - {{incident.title}}

            # {{recipient.name}}

            Kære *{{recipient.name}}*, se `{{recipient.name}}`
            """;

    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"<>]*)\"( style=\"[^\"]*\")?>(.*?)</a>");

    /** Returns the lines of the file unchanged, with leading and trailing white space and a leading {@code #}. */
    static List<String> corpus() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/letters/injection.csv"));
    }

    static List<String> links() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/letters/injection-links.txt"));
    }

    private static String value(String typed) {
        var unicode =
                UNICODE.matcher(typed).replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)));
        return unicode.replace("\\n", "\n").replace("\\t", "\t");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void is_printed_as_text(String typed) {
        var value = value(typed);
        var shown = value.replaceAll("\\s+", " ").strip();
        var template = da(SOURCE);
        var letter = template.prepare(Map.of("title", value)).render(row("name", value.replace('\n', ' ')));
        assertThat(letter.subject()).isEqualTo("Til " + value.replace('\n', ' '));
        assertThat(letter.text())
                .isEqualTo(shown + "\n\n- " + shown + "\n\n" + shown + "\n\nKære " + shown + ", se " + shown + "\n");
        var body = letter.html()
                .substring(letter.html().indexOf("<main"), letter.html().indexOf("</main>"));
        assertThat(body.replaceAll("<(/?)(p|main|ul|li|h1|em|code)( style=\"[^\"]*\")?>", ""))
                .as("elements of the HTML part")
                .doesNotContain("<", ">");
        assertThat(words(body)).isEqualTo(shown + " " + shown + " " + shown + " Kære " + shown + ", se " + shown);
    }

    @Test
    void is_text_in_the_pages_title_where_the_letters_own_subject_has_it() {
        var letter = da("Subject: R&D: </title><script> \"{{recipient.name}}\"\n\nHej\n")
                .prepare(Map.of())
                .render(row("name", "<b>"));
        assertThat(letter.subject()).isEqualTo("R&D: </title><script> \"<b>\"");
        assertThat(letter.html())
                .contains("<title>R&amp;D: &lt;/title&gt;&lt;script&gt; &quot;&lt;b&gt;&quot;</title>");
    }

    /**
     * Uses the value as a link target in the row and in the facts. It is linked unchanged if it is a URL, and not linked otherwise.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void is_linked_unchanged_or_not_at_all(String typed) {
        var followed = typed.startsWith("+ ");
        var value = value(typed.substring(2));
        var letter = da("Subject: x\n\n[her]({{recipient.url}}) og [dér]({{incident.url}})\n")
                .prepare(Map.of("url", value))
                .render(row("url", value));
        var links = LINK.matcher(letter.html()).results().toList();
        assertThat(links).hasSize(followed ? 2 : 0);
        assertThat(links).allMatch(link -> words(link.group(1)).equals(value));
        assertThat(letter.text()).isEqualTo(followed ? "her (" + value + ") og dér (" + value + ")\n" : "her og dér\n");
        assertThat(letter.html().replaceAll("<(/?)(p|a)( href=\"[^\"<>]*\")?( style=\"[^\"]*\")?>", ""))
                .doesNotContain("<a ", "<script", "onmouseover=\"");
    }

    @Test
    void does_not_end_the_address_that_it_is_a_part_of() {
        var letter = da("Subject: x\n\n[her](https://a.example/?q={{recipient.q}})\n")
                .prepare(Map.of())
                .render(row("q", "\"onmouseover=\"alert(1)"));
        assertThat(letter.html()).contains("<a href=\"https://a.example/?q=&quot;onmouseover=&quot;alert(1)\" style=");
    }

    /** Returns the visible text of HTML. */
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
