package dk.underret.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

/** Checks letters and previews with the Nu HTML checker. Every message is a failure, warnings and information included. */
class MarkupTest {
    private static final Pattern FETCHED = Pattern.compile(
            "(?i)<(img|link|script|object|embed|video|audio|source|base)\\b|<[^>]* (src|srcset|background)=|url\\(|@import");

    private static final List<Page> PAGES = Page.all();

    private static HtmlChecker checker;

    @BeforeAll
    static void reads_the_grammar() throws IOException, SAXException {
        checker = new HtmlChecker();
    }

    static List<Page> pages() {
        return PAGES;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void is_valid_html(Page page) throws IOException, SAXException {
        assertThat(checker.messages(page.html())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void refers_to_nothing_that_a_client_would_fetch(Page page) {
        assertThat(page.html()).doesNotContainPattern(FETCHED);
    }

    /** Negative control: the checker reports faults. */
    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            lang="da"        | lang="en"           | written in Danish but the “html” start tag has “lang="en"”
            </h1>            | </h2>               | End tag “h2” seen, but there were open elements.
            <h2              | <h4                 | skipping 2 heading levels.
            <p style="margin | <p style="margn     | Property “margn” doesn't exist.
            <p               | <p><img src="x.png" | An “img” element must have an “alt” attribute
            <p               | <p align="center"   | The “align” attribute on the “p” element is obsolete.
            """)
    void reports_a_fault(String sound, String faulty, String message) throws IOException, SAXException {
        var html = PAGES.stream()
                .filter(page -> page.name().equals("breach-notice-da"))
                .findFirst()
                .orElseThrow()
                .html();
        assertThat(html).contains(sound);
        assertThat(checker.messages(html.replaceFirst(Pattern.quote(sound), faulty)))
                .anyMatch(reported -> reported.contains(message));
    }
}
