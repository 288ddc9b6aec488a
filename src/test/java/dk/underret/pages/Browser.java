package dk.underret.pages;

import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium, controlled by chromedriver. Its DevTools protocol sets the window's width and the preferred colour scheme, and
 * reports the addresses that it requests.
 *
 * @param driver connection to the browser
 * @param profile profile folder, deleted on close
 */
record Browser(ChromeDriver driver, Path profile) implements AutoCloseable {
    /** The script of axe-core, from its package for Selenium. */
    private static final String AXE = resource("/axe.min.js");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Generous, since the machine may be busy. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Logs a warning that the driver lacks the protocol of this Chromium's version. The commands used here exist in every version. */
    private static final Logger NOISE = Logger.getLogger("org.openqa.selenium");

    /**
     * Starts the browser. Without Chromium or chromedriver, the tests are skipped with a message; with {@code CI=true} they fail.
     */
    static Browser start() throws IOException {
        var chromium = found("chromium");
        var driver = found("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            var reason = "skipped: no " + (chromium.isEmpty() ? "Chromium" : "chromedriver");
            if ("true".equals(System.getenv("CI"))) throw new AssertionError(reason);
            System.err.println(reason);
            Assumptions.abort(reason);
        }
        NOISE.setLevel(Level.SEVERE);
        var profile = Files.createTempDirectory("chromium");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow())
                .usingAnyFreePort()
                .withTimeout(TIMEOUT)
                .build();
        var browser = new Browser(new ChromeDriver(service, options(chromium.orElseThrow(), profile)), profile);
        browser.driver.manage().timeouts().scriptTimeout(TIMEOUT);
        browser.driver.get("about:blank");
        browser.fetched(); // ignore the requests of the initial page
        return browser;
    }

    private static String resource(String name) {
        try (var in = AxeBuilder.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<File> found(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst();
    }

    private static ChromeOptions options(File chromium, Path profile) {
        var fetched = new LoggingPreferences();
        fetched.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(chromium);
        options.setCapability(ChromeOptions.LOGGING_PREFS, fetched);
        return options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile);
    }

    /**
     * Opens a page in a window of a width, with a preferred colour scheme.
     *
     * @param width in CSS pixels
     * @param colours {@code light} or {@code dark}
     */
    void open(Path page, int width, String colours) {
        show(width, colours);
        driver.get(page.toUri().toString());
    }

    /** Shows the current page with another width and colour scheme. */
    void show(int width, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Returns the addresses requested since the last call. */
    List<String> fetched() throws IOException {
        var addresses = new ArrayList<String>();
        for (var entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            var event = JSON.readTree(entry.getMessage()).path("message");
            if (event.path("method").asText().equals("Network.requestWillBeSent"))
                addresses.add(event.path("params").path("request").path("url").asText());
        }
        return addresses;
    }

    /**
     * Returns axe-core's violations: the rule and the elements. The sandbox of a preview's frames blocks axe-core, so the letters are
     * tested as separate pages.
     */
    @SuppressWarnings("unchecked")
    List<String> violations() {
        driver.executeScript(AXE);
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run({iframes: false, preload: false, resultTypes: ['violations']}).then(
                    found => done(found.violations.map(
                        rule => rule.id + ': ' + rule.help + ': ' + rule.nodes.map(node => node.html).join(' '))),
                    error => done(['axe-core failed: ' + error]));
                """);
    }

    /** Returns by how many pixels the page is wider than the window. */
    long tooWide() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Writes a screenshot of the whole page. */
    void picture(Path file) throws IOException {
        var height = (Long) driver.executeScript("return document.documentElement.scrollHeight");
        var width = (Long) driver.executeScript("return document.documentElement.clientWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        Files.walkFileTree(profile, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
