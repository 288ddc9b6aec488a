package dk.underret.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens letters and previews in Chromium, in wide and narrow windows and in both colour schemes, and checks them with axe-core. */
class BrowserTest {
    private static final Path FOLDER = Path.of("target/pages");
    private static final int WIDE = 1280;
    /** The width at which WCAG 2.2, 1.4.10 requires that a page needs no horizontal scrolling. */
    private static final int NARROW = 320;

    private static Browser browser;

    @BeforeAll
    static void opens_the_browser() throws IOException {
        browser = Browser.start();
        Files.createDirectories(FOLDER);
    }

    @AfterAll
    static void closes_the_browser() throws IOException {
        if (browser != null) browser.close();
    }

    static List<Page> pages() {
        return Page.all();
    }

    private static Path file(Page page) throws IOException {
        return Files.writeString(FOLDER.resolve(page.name() + ".html"), page.html());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void is_accessible_fits_the_window_and_fetches_nothing(Page page) throws IOException {
        var file = file(page);
        browser.fetched(); // by the pages before
        browser.open(file, WIDE, "light");
        assertFine(page, WIDE, "light");
        browser.show(NARROW, "dark");
        assertFine(page, NARROW, "dark");
        assertThat(browser.fetched()).containsExactly(file.toUri().toString());
    }

    private static void assertFine(Page page, int width, String colours) throws IOException {
        assertThat(browser.violations()).as("%d pixels, %s", width, colours).isEmpty();
        assertThat(browser.tooWide()).as("%d pixels, %s", width, colours).isLessThanOrEqualTo(0);
        browser.picture(FOLDER.resolve(page.name() + "-" + width + "-" + colours + ".png"));
    }
}
