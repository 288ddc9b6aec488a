package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that the manual's page of codes equals the page generated from the codes. {@code mvn test -Dtest=CodesPageTest
 * -Dcodes.write} regenerates it.
 */
class CodesPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/codes.md");

    private static final String HEAD = """
            # Codes

            Underret checks every upload in full. Each problem has a code that never changes. The code is in `problems.csv`, in the preview of a draft, in the log and in the check of an uploaded letter, with the file, the row or line, the column or field, and a sentence that says what to do. `{0}`, `{1}` … are placeholders for names and numbers, never for a value from the list.

            A code that *stops everything* blocks the whole list. A code that *stops the row* blocks that row only. A *warning* blocks nothing.
            """;

    @Test
    void equals_the_page_generated_from_the_codes() throws IOException {
        var page = page();
        if (System.getProperty("codes.write") != null) Files.writeString(PAGE, page);
        assertThat(Files.readString(PAGE))
                .as("%s differs from the codes: write it with -Dcodes.write", PAGE)
                .isEqualTo(page);
    }

    private static String page() {
        return Stream.of(FindingCode.values())
                .sorted(Comparator.comparing(FindingCode::name))
                .map(CodesPageTest::section)
                .collect(Collectors.joining("\n", HEAD + "\n", ""));
    }

    private static String section(FindingCode code) {
        var text = new StringBuilder("## " + code + "\n\n" + weight(code) + ".");
        if (!code.article().isEmpty())
            text.append(" From: ").append(code.article()).append('.');
        text.append("\n\n");
        for (var key : keys(code)) {
            var kind = key.equals(code.name())
                    ? ""
                    : "`" + key.substring(code.name().length() + 1) + "`: ";
            text.append("- ").append(kind).append(message(key, Language.ENGLISH));
            for (var language : Language.values())
                if (language != Language.ENGLISH)
                    text.append("\\\n  *").append(message(key, language)).append('*');
            text.append('\n');
        }
        return text.toString();
    }

    private static String weight(FindingCode code) {
        return switch (code.severity()) {
            case REFUSES -> "Stops everything";
            case ROW -> "Stops the row";
            case WARNS -> "Warning";
        };
    }

    /** Returns a code's own message key, then those of its kinds. */
    private static List<String> keys(FindingCode code) {
        return bundle(Language.ENGLISH).keySet().stream()
                .filter(key -> key.equals(code.name()) || key.startsWith(code.name() + "."))
                .sorted()
                .toList();
    }

    /** Returns a message with its placeholders unfilled, escaped for Markdown. */
    private static String message(String key, Language language) {
        var open = new Object[] {"{0}", "{1}", "{2}", "{3}"};
        return new MessageFormat(bundle(language).getString(key), Locale.ROOT)
                .format(open)
                .replaceAll("([\\\\*_\\[\\]<>#])", "\\\\$1");
    }

    private static ResourceBundle bundle(Language language) {
        return language.bundle("dk.underret.incident.findings");
    }
}
