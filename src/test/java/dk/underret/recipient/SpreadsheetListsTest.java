package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads one spreadsheet, {@code lists/spreadsheets/people.fods}, in every format that a spreadsheet program saves: the files
 * that {@code make.sh} saved in the same folder, and, if LibreOffice is installed, files that the test saves now.
 */
class SpreadsheetListsTest {
    private static final Path FOLDER = Path.of("src/test/resources/lists/spreadsheets");

    /** Every encoding, separator and quoting that LibreOffice offers and a Danish user may choose. */
    static Stream<String> lists() {
        return Stream.of("utf-8", "windows-1252", "utf-16")
                .flatMap(encoding -> Stream.of("comma", "semicolon", "tab")
                        .flatMap(separator -> Stream.of("as-needed", "quoted")
                                .map(quoting -> encoding + "-" + separator + "-" + quoting + ".csv")));
    }

    @Nested
    class As_they_were_saved {
        static Stream<String> lists() {
            return SpreadsheetListsTest.lists();
        }

        @ParameterizedTest
        @MethodSource("lists")
        void have_every_value_as_the_cells_show_it(String list) throws IOException {
            assertExact(FOLDER.resolve(list));
        }

        @ParameterizedTest
        @CsvSource({"people.xlsx, Excel/zip", "people.ods, Excel/zip", "people.xls, Excel"})
        void are_refused_as_workbooks(String workbook, String kind) throws IOException {
            assertRefused(FOLDER.resolve(workbook), kind);
        }

        @Test
        void are_told_how_to_be_saved() {
            assertThat(Finding.of(FindingCode.NOT_CSV, "people.xlsx", "Excel/zip")
                            .message(Language.DANISH))
                    .isEqualTo(
                            "Det er ikke en CSV-fil, men en anden filtype (Excel/zip). Er det et regneark, så åbn det i"
                                    + " Excel, vælg Filer, \"Gem som\" og filtypen \"CSV UTF-8\", og upload den nye fil.");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class As_LibreOffice_saves_them_now {
        private static final Path NOW = Path.of("target/spreadsheets");

        @BeforeAll
        void saves_them() throws IOException, InterruptedException {
            var there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(folder -> new File(folder, "soffice").canExecute());
            if (!there) {
                var reason = "skipped: no LibreOffice; the lists that it saved before are read";
                if ("true".equals(System.getenv("CI"))) throw new AssertionError(reason);
                System.err.println(reason);
                Assumptions.abort(reason);
            }
            var log = Path.of("target/spreadsheets.log").toFile();
            var made = new ProcessBuilder("bash", FOLDER.resolve("make.sh").toString(), NOW.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            assertThat(made.waitFor()).as("make.sh; see %s", log).isZero();
        }

        static Stream<String> lists() {
            return SpreadsheetListsTest.lists();
        }

        @ParameterizedTest
        @MethodSource("lists")
        void have_every_value_as_the_cells_show_it(String list) throws IOException {
            assertExact(NOW.resolve(list));
        }

        @ParameterizedTest
        @CsvSource({"people.xlsx, Excel/zip", "people.ods, Excel/zip", "people.xls, Excel"})
        void are_refused_as_workbooks(String workbook, String kind) throws IOException {
            assertRefused(NOW.resolve(workbook), kind);
        }
    }

    /**
     * Asserts every value. The program that saved the list has dropped the leading zero of a postcode that is a number in the
     * sheet, and has written a question mark for a letter that Windows-1252 lacks. The list keeps no trace of either.
     */
    private static void assertExact(Path file) throws IOException {
        var windows = file.getFileName().toString().startsWith("windows");
        var list = open(file);
        assertThat(people(list))
                .containsExactly(
                        List.of(
                                "soeren@post.example",
                                "Søren Ærø",
                                "1234567890123",
                                "0900",
                                "10-08-2025",
                                "Skolegade 1\n4. th."),
                        List.of("aase@post.example", "Åse \"Mums\" Ødegård; Lund, f. Bjerg", "42", "900", "", ""),
                        List.of(
                                "lukasz@post.example",
                                windows ? "?ukasz" : "Łukasz",
                                "007",
                                "8000",
                                "29-02-2024",
                                "Å 1"));
        assertThat(list.columns()).containsExactly("email", "name", "lånernr", "postcode", "indmeldt", "address_1");
        assertThat(list.findings().listed()).isEmpty();
    }

    private static void assertRefused(Path file, String kind) throws IOException {
        var list = open(file);
        assertThat(people(list)).isEmpty();
        assertThat(list.findings().listed())
                .containsExactly(
                        Finding.of(FindingCode.NOT_CSV, file.getFileName().toString(), kind));
    }

    private static RecipientList open(Path file) throws IOException {
        var bytes = new ByteArrayInputStream(Files.readAllBytes(file));
        return RecipientList.open(bytes, file.getFileName().toString(), TestRules.rules());
    }

    private static List<List<String>> people(RecipientList list) {
        try {
            var people = new ArrayList<List<String>>();
            for (var row = list.next(); row.isPresent(); row = list.next())
                people.add(List.copyOf(((Row.Valid) row.get()).person().values().values()));
            return people;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
