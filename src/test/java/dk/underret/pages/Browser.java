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
 * A Chromium of this test's own, without a window, driven by the chromedriver beside it. It is told by its protocol how wide its
 * window is and which colours its user likes, and what it fetches is listed.
 *
 * @param driver speaks to it
 * @param profile its folder, deleted when it is closed
 */
record Browser(ChromeDriver driver, Path profile) implements AutoCloseable {
    /** Where axe-core's package for Selenium has it. */
    private static final String AXE = resource("/axe.min.js");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A machine may have other things to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The driver says that it knows no protocol of this Chromium's version; the commands used here are in all. */
    private static final Logger NOISE = Logger.getLogger("org.openqa.selenium");

    /**
     * Starts it. Where this machine has no Chromium the tests are skipped, and said to be; with {@code CI=true} that is a failure.
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
                .withTimeout(PATIENCE)
                .build();
        var browser = new Browser(new ChromeDriver(service, options(chromium.orElseThrow(), profile)), profile);
        browser.driver.manage().timeouts().scriptTimeout(PATIENCE);
        browser.driver.get("about:blank");
        browser.fetched(); // what its first window shows unasked
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
     * Opens a page in a window that is so wide, for a user who likes these colours.
     *
     * @param width in CSS pixels
     * @param colours {@code light} or {@code dark}
     */
    void open(Path page, int width, String colours) {
        show(width, colours);
        driver.get(page.toUri().toString());
    }

    /** The same page in another window. */
    void show(int width, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** The addresses of all that was asked for since this was last called. */
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
     * What axe-core finds wrong: rule, and the elements it is about. A letter in a preview's frame is shut off from scripts, axe-core's
     * too; each is a page of its own here.
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

    /** By how many pixels the page is wider than its window. */
    long tooWide() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Leaves a picture of the whole page. */
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
